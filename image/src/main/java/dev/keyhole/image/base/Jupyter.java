package dev.keyhole.image.base;

/**
 * The Jupyter that a base brings.
 *
 * @param version as its metadata says, such as {@code 6.4.12}
 * @param python the interpreter's major and minor version, such as {@code 3.8}
 */
public record Jupyter(Kind kind, String version, String python) {
    /** Which of the two servers it is. */
    public enum Kind {
        /** {@code notebook} before 7, a server of its own. */
        CLASSIC_NOTEBOOK("notebook"),
        /** {@code jupyter_server}, which JupyterLab and Notebook 7 run on. */
        JUPYTER_SERVER("jupyter_server");

        private final String distribution;

        Kind(String distribution) {
            this.distribution = distribution;
        }

        /** Its name on the package index. */
        public String distribution() {
            return distribution;
        }
    }

    /** Name and version in two words, as a label carries it. */
    public String words() {
        return kind.distribution() + " " + version;
    }
}
