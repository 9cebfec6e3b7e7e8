package dev.keyhole.gateway.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The words of {@code keyhole VERB ...} as a client sent them.
 *
 * <p>No shell is behind it: words are split at spaces, nothing is quoted or expanded, and a word with any other sign
 * than letters, digits and {@code ._=-} is refused.
 */
public final class Arguments {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._=-]{1,64}");
    private static final int MOST_WORDS = 8;

    private final List<String> words;
    private final boolean json;

    private Arguments(List<String> words, boolean json) {
        this.words = words;
        this.json = json;
    }

    /** Splits a command line; the first word is the verb's name. */
    public static Arguments parse(String commandLine) throws UsageError {
        List<String> words = new ArrayList<>();
        boolean json = false;
        for (String word : commandLine.strip().split(" +", MOST_WORDS + 2)) {
            if (word.equals("--json")) {
                json = true;
            } else if (WORD.matcher(word).matches() && words.size() < MOST_WORDS) {
                words.add(word);
            } else {
                throw new UsageError(
                        "Only plain words are understood: letters, digits and . _ = -");
            }
        }
        return new Arguments(words, json);
    }

    public boolean json() {
        return json;
    }

    /** How many words there are, without {@code --json}. */
    public int count() {
        return words.size();
    }

    /** The word at that place, counted from 0. */
    public Optional<String> word(int place) {
        return place < words.size() ? Optional.of(words.get(place)) : Optional.empty();
    }

    /** The words from the given place on. */
    public Arguments from(int place) {
        return new Arguments(words.subList(Math.min(place, words.size()), words.size()), json);
    }

    /**
     * The number after an option such as {@code -n}.
     *
     * @throws UsageError when it is not a number from 1 to {@code most}
     */
    public int number(String option, int otherwise, int most) throws UsageError {
        int place = words.indexOf(option);
        if (place < 0) {
            return otherwise;
        }
        String text = word(place + 1).orElse("");
        if (text.matches("[0-9]{1,6}")) {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        }
        throw new UsageError(option + " takes a number from 1 to " + most);
    }
}
