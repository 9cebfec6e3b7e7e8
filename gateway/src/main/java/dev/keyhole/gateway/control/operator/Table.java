package dev.keyhole.gateway.control.operator;

import dev.keyhole.wire.Printable;
import java.util.ArrayList;
import java.util.List;

/** Rows with aligned columns for a terminal. Cells are never trusted, and cut so that a row stays one line. */
final class Table {
    private static final int WIDEST = 50;

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... headings) {
        rows.add(List.of(headings));
    }

    void row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            String text = Printable.of(String.valueOf(cell));
            row.add(text.isEmpty() ? "-" : cut(text));
        }
        rows.add(row);
    }

    private static String cut(String text) {
        int length = text.codePointCount(0, text.length());
        return length <= WIDEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, WIDEST - 3)) + "...";
    }

    /** The rows, or that sentence when there is none but the headings. */
    String orElse(String sentence) {
        return rows.size() == 1 ? sentence + "\n" : toString();
    }

    @Override
    public String toString() {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], length(row.get(i)));
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - length(row.get(i)) + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
