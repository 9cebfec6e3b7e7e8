package dev.keyhole.image.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers over layers, with whiteouts and links of every kind. */
class FileTreeTest {
    @TempDir private Path keep;
    private final FileTree tree = new FileTree();

    @Test
    void aWhiteoutTakesAwayWhatALowerLayerHeld() throws IOException {
        apply(new Tar().directory("etc", 0755).file("etc/a", "1").file("etc/b", "2"));
        apply(new Tar().file("etc/.wh.a", ""));
        assertThat(files()).containsExactly("etc/b");
    }

    @Test
    void aWhiteoutOfADirectoryTakesAllBelowIt() throws IOException {
        apply(new Tar().file("opt/x/deep/a", "1").file("opt/y", "2"));
        apply(new Tar().file("opt/.wh.x", ""));
        assertThat(files()).containsExactly("opt/y");
    }

    @Test
    void anOpaqueDirectoryHidesLowerLayersAndNotItsOwn() throws IOException {
        apply(new Tar().file("opt/x/old", "1").file("opt/x/sub/old", "1").file("opt/y", "1"));
        apply(new Tar().file("opt/x/new", "2").file("opt/x/.wh..wh..opq", ""));
        assertThat(files()).containsExactly("opt/x/new", "opt/y");
    }

    @Test
    void anOpaqueMarkMayStandBeforeOrAfterWhatItsLayerBrings() throws IOException {
        apply(new Tar().file("d/sub/old", "1"));
        apply(new Tar().file("d/sub/new", "2").file("d/.wh..wh..opq", "").file("d/later", "3"));
        assertThat(files()).containsExactly("d/later", "d/sub/new");
    }

    @Test
    void aNameBelowALinkLandsWhereItPoints() throws IOException {
        apply(new Tar().directory("usr/bin", 0755).symlink("bin", "usr/bin"));
        apply(new Tar().file("bin/tool", "x").file("bin/.wh.other", ""));
        assertThat(files()).containsExactly("usr/bin/tool");
        assertThat(tree.isFile("bin/tool")).isTrue();
    }

    @Test
    void aDirectoryInPlaceOfALinkIsADirectory() throws IOException {
        apply(new Tar().directory("real", 0755).symlink("here", "real"));
        apply(new Tar().directory("here", 0755).file("here/a", "1"));
        assertThat(files()).containsExactly("here/a");
    }

    @Test
    void linksLeadNeitherOutNorAroundForEver() throws IOException {
        apply(
                new Tar()
                        .directory("etc", 0755)
                        .symlink("a", "b")
                        .symlink("b", "a")
                        .symlink("up", "../../../../etc"));
        apply(new Tar().file("up/passwd", "x").file("../../outside", "y"));
        assertThat(tree.at("a")).isEmpty();
        assertThat(files()).containsExactly("etc/passwd", "outside");
    }

    @Test
    void hardLinksShareOneFileUntilOneNameIsWrittenAnew() throws IOException {
        apply(new Tar().file("etc/passwd", "root:x:0:0::/:/bin/sh").hardLink("copy", "etc/passwd"));
        assertThat(tree.at("copy")).isEqualTo(tree.at("etc/passwd"));
        apply(new Tar().file("etc/passwd", "other"));
        assertThat(tree.text("copy")).contains("root:x:0:0::/:/bin/sh");
        assertThat(tree.text("etc/passwd")).contains("other");
    }

    @Test
    void aDirectoryToldAgainKeepsItsChildrenAndTakesItsNewOwner() throws IOException {
        apply(new Tar().directory("srv", 0755).file("srv/a", "1"));
        apply(new Tar().directory("srv", 02775, 7, 8));
        assertThat(files()).containsExactly("srv/a");
        var owner = ((Node.Directory) tree.at("srv").orElseThrow()).owner();
        assertThat(owner.mode()).isEqualTo(02775);
        assertThat(owner.uid()).isEqualTo(7);
        assertThat(owner.gid()).isEqualTo(8);
    }

    @Test
    void aGzippedLayerIsReadAsAPlainOne() throws IOException {
        new LayerReader(tree, new Keep(keep))
                .apply(new ByteArrayInputStream(Tar.gzip(new Tar().file("a", "1").bytes())));
        assertThat(files()).containsExactly("a");
    }

    private void apply(Tar layer) throws IOException {
        new LayerReader(tree, new Keep(keep)).apply(new ByteArrayInputStream(layer.bytes()));
    }

    private List<String> files() {
        var files = new ArrayList<String>();
        tree.forEach((path, node) -> {
            if (node instanceof Node.Regular) {
                files.add(path);
            }
        });
        return files;
    }
}
