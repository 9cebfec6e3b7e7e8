package dev.keyhole.gateway.launch.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProcessTableTest {
    private final ProcessTable processes = new ProcessTable();

    @Test
    void aNameWithSpacesAndBracketsShiftsNoField() throws IOException {
        String rest =
                IntStream.rangeClosed(4, 30)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(" "));

        ProcessEntry entry =
                ProcessTable.parse(7, "7 (a) S 1 (b) R " + rest, "Name:\ta\nUid:\t1000\t0\t0\t0\n");

        assertThat(entry).isEqualTo(new ProcessEntry(7, 'R', 4, 6, 22, 1000));
    }

    @Test
    void thisProcessIsAliveUnderItsStartTimeOnly() {
        ProcessEntry us = processes.entry(ProcessHandle.current().pid()).orElseThrow();

        assertThat(processes.alive(us.pid(), us.startTime())).contains(us);
        assertThat(processes.alive(us.pid(), us.startTime() + 1)).isEmpty();
        assertThat(us.uid()).isEqualTo(OsUser.current().uid());
    }
}
