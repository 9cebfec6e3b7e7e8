package dev.keyhole.system.guard;

/** A pair of virtual interfaces between the door's machine and another one, and the addresses at its ends. */
record Wire(int number) {
    String device() {
        return "wire" + number;
    }

    /** Of the door's end. */
    String near() {
        return "198.18.8." + (4 * number + 1);
    }

    String far() {
        return "198.18.8." + (4 * number + 2);
    }

    String near6() {
        return "fd6b:" + number + "::1";
    }

    String far6() {
        return "fd6b:" + number + "::2";
    }
}
