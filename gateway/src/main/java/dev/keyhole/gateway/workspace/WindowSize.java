package dev.keyhole.gateway.workspace;

/**
 * How large a terminal is (RFC 4254, section 6.2). Zero means that the client does not say.
 *
 * @param columns characters; what does not fit into the kernel's 16 bits becomes the largest that does
 * @param rows characters
 * @param width pixels
 * @param height pixels
 */
public record WindowSize(int columns, int rows, int width, int height) {
    private static final int LARGEST = 0xffff;

    public WindowSize {
        columns = Math.clamp(columns, 0, LARGEST);
        rows = Math.clamp(rows, 0, LARGEST);
        width = Math.clamp(width, 0, LARGEST);
        height = Math.clamp(height, 0, LARGEST);
    }

    /** From four numbers of SSH, which are unsigned 32 bits. */
    public static WindowSize of(long columns, long rows, long width, long height) {
        return new WindowSize(
                (int) Math.min(columns, LARGEST),
                (int) Math.min(rows, LARGEST),
                (int) Math.min(width, LARGEST),
                (int) Math.min(height, LARGEST));
    }
}
