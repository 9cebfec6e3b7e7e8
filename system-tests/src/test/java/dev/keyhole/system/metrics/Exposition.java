package dev.keyhole.system.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text of metrics, read as strictly as Prometheus' own format description says: each family once with help and type
 * before its samples, no sample twice, every value a number.
 */
record Exposition(Map<String, Double> samples, Map<String, String> types) {
    private static final Pattern HELP = Pattern.compile("# HELP ([a-z_:][a-z0-9_:]*) (\\S.*)");
    private static final Pattern TYPE =
            Pattern.compile(
                    "# TYPE ([a-z_:][a-z0-9_:]*) (counter|gauge|histogram|summary|untyped)");
    private static final Pattern SAMPLE =
            Pattern.compile(
                    "([a-z_:][a-z0-9_:]*)(\\{[a-z_]+=\"[^\"\\\\]*\"(?:,[a-z_]+=\"[^\"\\\\]*\")*\\})? (\\S+)");

    static Exposition of(String text) {
        if (!text.endsWith("\n")) {
            throw new AssertionError("the last line does not end");
        }
        Map<String, Double> samples = new LinkedHashMap<>();
        Map<String, String> types = new HashMap<>();
        Set<String> helped = new HashSet<>();
        String family = "";
        for (String line : text.split("\n")) {
            Matcher help = HELP.matcher(line);
            Matcher type = TYPE.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (help.matches()) {
                require(helped.add(help.group(1)), "twice: " + line);
            } else if (type.matches()) {
                family = type.group(1);
                require(helped.contains(family), "no help before: " + line);
                require(types.put(family, type.group(2)) == null, "twice: " + line);
            } else if (sample.matches()) {
                require(sample.group(1).startsWith(family), "stray: " + line);
                String labels = sample.group(2) == null ? "" : sample.group(2);
                Double before =
                        samples.put(sample.group(1) + labels, Double.parseDouble(sample.group(3)));
                require(before == null, "twice: " + line);
            } else {
                throw new AssertionError("not understood: " + line);
            }
        }
        return new Exposition(samples, types);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    /** A sample that must be there, such as {@code keyhole_forwards{kind="service"}}. */
    double value(String sample) {
        Double value = samples.get(sample);
        if (value == null) {
            throw new AssertionError("no " + sample + " in " + samples.keySet());
        }
        return value;
    }

    /** The same, or 0 when it is not there: a counter with a label begins with its first event. */
    double valueOrZero(String sample) {
        return samples.getOrDefault(sample, 0.0);
    }

    /** Every value of every label but the bounds of histograms. */
    List<String> labelValues() {
        List<String> values = new ArrayList<>();
        for (String sample : samples.keySet()) {
            Matcher label = Pattern.compile("([a-z_]+)=\"([^\"]*)\"").matcher(sample);
            while (label.find()) {
                if (!label.group(1).equals("le")) {
                    values.add(label.group(2));
                }
            }
        }
        return values;
    }
}
