package dev.keyhole.gateway.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses the word that was meant by a mistyped one. */
public final class DidYouMean {
    private DidYouMean() {}

    /** The nearest of the known words, if one is near: a third of its letters wrong at most, and no more than three. */
    public static Optional<String> nearest(String typed, Collection<String> known) {
        return known.stream()
                .filter(word ->
                        distance(typed, word) <= Math.min(3, Math.max(1, word.length() / 3)))
                .min(Comparator.comparingInt(word -> distance(typed, word)));
    }

    /** Letters to insert, delete, replace or swap with their neighbour. */
    private static int distance(String one, String other) {
        int[][] steps = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int replaced = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                steps[i][j] =
                        Math.min(
                                steps[i - 1][j - 1] + replaced,
                                1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    steps[i][j] = Math.min(steps[i][j], steps[i - 2][j - 2] + 1);
                }
            }
        }
        return steps[one.length()][other.length()];
    }
}
