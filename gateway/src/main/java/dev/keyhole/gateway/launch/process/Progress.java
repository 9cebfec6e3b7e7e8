package dev.keyhole.gateway.launch.process;

/** Told what is being done, in words for a person; about once a second at most while something large is installed. */
public interface Progress {
    void step(String text);
}
