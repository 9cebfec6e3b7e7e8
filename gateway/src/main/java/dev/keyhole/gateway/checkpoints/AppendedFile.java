package dev.keyhole.gateway.checkpoints;

import dev.keyhole.gateway.audit.CheckpointFollower.Note;
import dev.keyhole.gateway.audit.Checkpoints;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Each note at the end of a file, forced to its disk. {@code audit verify --checkpoint} reads that file as it is. */
public final class AppendedFile implements Way {
    private final Path file;

    public AppendedFile(Path file) {
        this.file = file;
    }

    @Override
    public String word() {
        return "file";
    }

    @Override
    public String to() {
        return file.toString();
    }

    @Override
    public void push(List<Note> notes) throws IOException {
        try {
            for (Note note : notes) {
                Checkpoints.append(file, note.text());
            }
        } catch (NoSuchFileException e) {
            throw new IOException("its directory is not there", e);
        } catch (AccessDeniedException e) {
            throw new IOException("the door's user may not write it", e);
        }
    }
}
