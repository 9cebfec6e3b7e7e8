package dev.keyhole.gateway.control.operator;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads comma-separated values as RFC 4180 writes them: quotes may hold commas, line ends and doubled quotes; lines end
 * with LF or CRLF. Stricter in one point: a quote inside a cell that is not quoted is a mistake, not text. Used once, by
 * one thread.
 */
final class Csv {
    /**
     * One record.
     *
     * @param line where it begins, counted from 1
     */
    record Row(int line, List<String> cells) {}

    private final String text;
    private final Problems problems;
    private final String file;
    private int at;
    private int line = 1;

    private Csv(String file, String text, Problems problems) {
        this.file = file;
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        this.problems = problems;
    }

    /** Every record that is not empty; a record that cannot be read is a problem and left out. */
    static List<Row> read(String file, String text, Problems problems) {
        Csv csv = new Csv(file, text, problems);
        List<Row> rows = new ArrayList<>();
        while (csv.at < csv.text.length()) {
            int start = csv.line;
            int before = problems.count();
            List<String> cells = csv.row();
            boolean empty = cells.size() == 1 && cells.getFirst().isBlank();
            if (!empty && problems.count() == before) {
                rows.add(new Row(start, cells));
            }
        }
        return rows;
    }

    private List<String> row() {
        List<String> cells = new ArrayList<>();
        do {
            cells.add(peek() == '"' ? quoted() : plain());
        } while (skip(','));
        if (at < text.length() && !end()) {
            problems.value(file + ":" + line + ": something follows a closing quote");
            toEndOfLine();
        }
        return cells;
    }

    private String quoted() {
        int start = line;
        at++;
        StringBuilder cell = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                if (peek() != '"') {
                    return cell.toString();
                }
                at++;
            } else if (c == '\n') {
                line++;
            }
            cell.append(c);
        }
        problems.value(file + ":" + start + ": a quote is never closed");
        return cell.toString();
    }

    private String plain() {
        int start = at;
        while (at < text.length() && ",\n\"".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (peek() == '"') {
            problems.value(
                    file + ":" + line + ": a quote inside a cell; put the whole cell in quotes");
            toEndOfLine();
            return "";
        }
        String cell = text.substring(start, at);
        return cell.endsWith("\r") ? cell.substring(0, cell.length() - 1) : cell;
    }

    private void toEndOfLine() {
        while (at < text.length() && text.charAt(at) != '\n') {
            at++;
        }
        end();
    }

    /** Whether the record ends here; goes past its end. */
    private boolean end() {
        skip('\r');
        if (skip('\n')) {
            line++;
            return true;
        }
        return at >= text.length();
    }

    private boolean skip(char c) {
        if (peek() == c) {
            at++;
            return true;
        }
        return false;
    }

    private int peek() {
        return at < text.length() ? text.charAt(at) : -1;
    }
}
