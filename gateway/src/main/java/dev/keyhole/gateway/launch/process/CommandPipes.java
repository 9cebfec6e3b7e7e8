package dev.keyhole.gateway.launch.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Makes the three pipes of a command without a terminal. */
final class CommandPipes {
    private CommandPipes() {}

    /**
     * Our ends.
     *
     * @param theirs gets the ends for the command's descriptors 0, 1 and 2, which the caller closes
     */
    static CommandStreams open(List<Integer> theirs) throws IOException {
        List<Integer> ours = new ArrayList<>();
        try {
            for (int stream = 0; stream < 3; stream++) {
                int[] ends = CommandSystem.pipe();
                boolean toCommand = stream == 0;
                theirs.add(ends[toCommand ? 0 : 1]);
                ours.add(ends[toCommand ? 1 : 0]);
            }
            return CommandStreams.ofPipes(ours.get(0), ours.get(1), ours.get(2));
        } catch (IOException e) {
            ours.forEach(CommandSystem::close);
            throw e;
        }
    }
}
