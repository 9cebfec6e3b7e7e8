package dev.keyhole.image.freshness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tag that is a version, such as {@code 2.9.0-jupyter}: numbers, perhaps a pre-release, and a variant. Tags of other
 * variants, or with more or fewer numbers, are other kinds of image and are not compared.
 *
 * @param pre such as {@code rc1}; empty for a release
 * @param variant what follows the version, such as {@code jupyter}; often empty
 */
record TagVersion(String tag, List<Integer> numbers, String pre, String variant) {
    private static final Pattern TAG =
            Pattern.compile(
                    "v?(\\d{1,9}(?:\\.\\d{1,9}){0,3})-?((?:a|b|rc|alpha|beta|dev)\\.?\\d*)?(?:-(.+))?");

    /** How many numbers name a line where there are more: 2.9 of 2.9.3. */
    private static final int LINE = 2;

    TagVersion {
        numbers = List.copyOf(numbers);
    }

    /** Empty for a tag that is no version, such as {@code latest}. */
    static Optional<TagVersion> of(String tag) {
        var matcher = TAG.matcher(tag);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var numbers = new ArrayList<Integer>();
        for (var number : matcher.group(1).split("\\.")) {
            numbers.add(Integer.valueOf(number));
        }
        return Optional.of(
                new TagVersion(tag, numbers, text(matcher.group(2)), text(matcher.group(3))));
    }

    private static String text(@Nullable String group) {
        return group == null ? "" : group;
    }

    /** Whether two tags mean the same kind of image, so that one can be newer than the other. */
    boolean isComparableTo(TagVersion other) {
        return variant.equals(other.variant) && numbers.size() == other.numbers.size();
    }

    /** {@code 2.9} of 2.9.3, {@code 20.04} of 20.04, {@code 12} of 12. */
    List<Integer> line() {
        return numbers.subList(0, Math.min(LINE, numbers.size()));
    }

    boolean isRelease() {
        return pre.isEmpty();
    }

    /** By numbers, a release after its pre-releases. */
    static Comparator<TagVersion> order() {
        return (one, other) -> {
            int byNumbers = compare(one.numbers, other.numbers);
            if (byNumbers != 0) {
                return byNumbers;
            }
            if (one.isRelease() || other.isRelease()) {
                return Boolean.compare(one.isRelease(), other.isRelease());
            }
            return one.pre.compareTo(other.pre);
        };
    }

    static int compare(List<Integer> one, List<Integer> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int here = Integer.compare(one.get(i), other.get(i));
            if (here != 0) {
                return here;
            }
        }
        return Integer.compare(one.size(), other.size());
    }
}
