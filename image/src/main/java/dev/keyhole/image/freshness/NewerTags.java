package dev.keyhole.image.freshness;

import java.util.List;
import java.util.Optional;

/**
 * What a repository has that is newer than a tag.
 *
 * @param inLine the newest tag of the same line, if it is newer
 * @param newestLine the newest tag of all lines, if its line is newer
 * @param newerLines how many lines are newer
 */
record NewerTags(Optional<String> inLine, Optional<String> newestLine, int newerLines) {
    /** Nothing for a tag that is no version. Pre-releases count only for who is on one. */
    static NewerTags than(String tag, List<String> tags) {
        var here = TagVersion.of(tag);
        if (here.isEmpty()) {
            return new NewerTags(Optional.empty(), Optional.empty(), 0);
        }
        var mine = here.get();
        var newer =
                tags.stream()
                        .flatMap(text -> TagVersion.of(text).stream())
                        .filter(mine::isComparableTo)
                        .filter(other -> other.isRelease() || !mine.isRelease())
                        .filter(other -> TagVersion.order().compare(other, mine) > 0)
                        .toList();
        var later = newer.stream().filter(other -> !other.line().equals(mine.line())).toList();
        return new NewerTags(
                newer.stream()
                        .filter(other -> other.line().equals(mine.line()))
                        .max(TagVersion.order())
                        .map(TagVersion::tag),
                later.stream().max(TagVersion.order()).map(TagVersion::tag),
                (int) later.stream().map(TagVersion::line).distinct().count());
    }
}
