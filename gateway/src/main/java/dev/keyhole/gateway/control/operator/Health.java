package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.control.numbers.Check;
import dev.keyhole.gateway.control.numbers.Condition;
import dev.keyhole.gateway.control.numbers.DoorNumbers;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** {@code keyhole health}: whether the door can do its work; exit status 7 when it cannot. Not audited: it tells of nobody. */
public final class Health implements OperatorVerb {
    private final Supplier<DoorNumbers> numbers;

    public Health(Supplier<DoorNumbers> numbers) {
        this.numbers = numbers;
    }

    @Override
    public String name() {
        return "health";
    }

    @Override
    public boolean audited() {
        return false;
    }

    @Override
    public Act prepare(Fields fields) {
        return Act.on("the door", talk -> look());
    }

    private Answer look() {
        Condition condition = numbers.get().condition();
        return new Answer(
                condition.well() ? ExitStatus.DONE : ExitStatus.PROBLEMS_FOUND,
                text(condition),
                Map.of(
                        "healthy",
                        condition.well(),
                        "checks",
                        condition.checks().stream().map(Health::document).toList()));
    }

    private static String text(Condition condition) {
        Table table = new Table("CHECK", "STATE", "WHAT");
        List<String> moves = new ArrayList<>();
        for (Check check : condition.checks()) {
            table.row(check.name(), check.verdict().word(), check.text());
            check.code()
                    .ifPresent(code ->
                            moves.add(code + ": " + code.meaning() + " " + code.nextMove() + "\n"));
        }
        return table + String.join("", moves);
    }

    /** One check as a document. */
    static Map<String, Object> document(Check check) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", check.name());
        document.put("state", check.verdict().word());
        check.code().map(Code::name).ifPresent(code -> document.put("code", code));
        document.put("text", check.text());
        return document;
    }
}
