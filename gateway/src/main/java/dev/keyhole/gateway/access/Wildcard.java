package dev.keyhole.gateway.access;

import java.util.Locale;

/** A pattern with {@code *} for any letters and {@code ?} for one; upper and lower case are the same. Immutable. */
record Wildcard(String pattern) {
    /** Takes at most the product of both lengths, whatever the pattern. */
    boolean matches(String text) {
        String wanted = pattern.toLowerCase(Locale.ROOT);
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < wanted.length() && wanted.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < wanted.length()
                    && (wanted.charAt(p) == '?' || wanted.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < wanted.length() && wanted.charAt(p) == '*') {
            p++;
        }
        return p == wanted.length();
    }
}
