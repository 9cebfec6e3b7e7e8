package dev.keyhole.app.operator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * A file that the operator named, read here because the door may not read the operator's files.
 *
 * @param name as it was named; {@code -} is standard input
 */
record Given(String name, String text) {
    private static final int LONGEST = 3 * 1024 * 1024;

    /** @throws ParameterException when it cannot be read */
    static Given read(String name, CommandSpec verb) {
        try (InputStream in = name.equals("-") ? System.in : Files.newInputStream(Path.of(name))) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new ParameterException(
                        verb.commandLine(), shown(name) + " is larger than 3 MiB.");
            }
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(java.nio.ByteBuffer.wrap(bytes))
                            .toString();
            return new Given(shown(name), text);
        } catch (CharacterCodingException e) {
            throw new ParameterException(verb.commandLine(), shown(name) + " is no text in UTF-8.");
        } catch (IOException e) {
            String why =
                    switch (e) {
                        case NoSuchFileException missing -> "does not exist";
                        case AccessDeniedException denied -> "may not be read by this user";
                        default -> "cannot be read: " + e.getMessage();
                    };
            throw new ParameterException(verb.commandLine(), shown(name) + " " + why + ".", e);
        }
    }

    private static String shown(String name) {
        return name.equals("-") ? "standard input" : name;
    }

    /** As requests carry it. */
    Map<String, String> member() {
        return Map.of("file", name, "text", text);
    }
}
