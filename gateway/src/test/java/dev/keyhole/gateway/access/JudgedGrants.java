package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.ServiceName;
import java.util.Map;

/** Grants for tests of later steps, made by the real judge for a real key: nothing else can make one. */
public final class JudgedGrants {
    private JudgedGrants() {}

    public static Grant toJupyter() {
        Judge judge =
                new Judge(
                        new ServiceCatalog(Map.of(ServiceName.JUPYTER, 8888)),
                        false,
                        port -> false,
                        JudgeTest::adaAlone,
                        who -> java.util.Optional.empty());
        return (Grant) judge.decide(JudgeTest.ada(), "jupyter", 1);
    }
}
