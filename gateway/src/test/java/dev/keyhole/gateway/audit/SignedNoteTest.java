package dev.keyhole.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The format is C2SP's, so that tools of others read it. */
class SignedNoteTest {
    @TempDir Path directory;

    @Test
    void theHashOfAKeyIsTheOneOfTheSpecification() {
        // Of golang.org/x/mod/sumdb/note, whose format it is: SHA-256(name LF 0x01 key), first four
        // bytes.
        VerifierKey key =
                new VerifierKey(
                        "keyhole-audit/00000000000000000000000000000000",
                        HexFormat.of()
                                .parseHex(
                                        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));

        assertThat(VerifierKey.parse(key.toString())).isEqualTo(key);
        assertThat(key.toString())
                .startsWith("keyhole-audit/00000000000000000000000000000000+")
                .contains("+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea");
    }

    @Test
    void aDamagedKeyIsRefusedWithAWord() {
        assertThatThrownBy(() -> VerifierKey.parse("x"))
                .hasMessageContaining("keyhole-audit/ID+HASH+KEY");
        assertThatThrownBy(() ->
                        VerifierKey.parse(
                                "keyhole-audit/00000000000000000000000000000000+00000000+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea"))
                .hasMessageContaining("damaged");
    }

    @Test
    void aNoteHasThreeLinesAnEmptyOneAndASignature() throws Exception {
        SigningKey key = SigningKey.loadOrMake(directory.resolve("key"));
        Checkpoint checkpoint = new Checkpoint(key.verifier().name(), 7, new byte[32]);

        String note = checkpoint.signedBy(key);

        assertThat(note.lines()).hasSize(5);
        assertThat(note.lines().toList().get(1)).isEqualTo("7");
        assertThat(note.lines().toList().get(3)).isEmpty();
        assertThat(note.lines().toList().get(4))
                .startsWith("\u2014 " + key.verifier().name() + " ");
        assertThat(Checkpoint.verified(note, key.verifier())).contains(checkpoint);
    }

    @Test
    void anotherKeyDoesNotVouchForIt() throws Exception {
        SigningKey key = SigningKey.loadOrMake(directory.resolve("key"));
        SigningKey other = SigningKey.loadOrMake(directory.resolve("other"));
        String note = new Checkpoint(key.verifier().name(), 7, new byte[32]).signedBy(key);

        assertThat(Checkpoint.verified(note, other.verifier())).isEmpty();
        assertThat(
                        Checkpoint.verified(
                                note,
                                new VerifierKey(key.verifier().name(), other.verifier().raw())))
                .isEmpty();
    }

    @Test
    void theSameKeyIsThereAtTheNextStart() throws Exception {
        Path file = directory.resolve("key");

        assertThat(SigningKey.loadOrMake(file).verifier())
                .isEqualTo(SigningKey.loadOrMake(file).verifier());
    }
}
