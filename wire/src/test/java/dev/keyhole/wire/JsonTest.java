package dev.keyhole.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {
    record Point(int x, Optional<String> name) {}

    @Test
    void recordsAreObjectsAndWhatIsAbsentIsLeftOut() {
        assertThat(Json.write(new Point(1, Optional.empty()))).isEqualTo("{\"x\":1}");
        assertThat(Json.write(new Point(1, Optional.of("a"))))
                .isEqualTo("{\"x\":1,\"name\":\"a\"}");
    }

    @Test
    void mapsKeepTheirOrder() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("b", List.of(1, true));
        map.put("a", "x");
        assertThat(Json.write(map)).isEqualTo("{\"b\":[1,true],\"a\":\"x\"}");
    }

    @Test
    void whatCouldBreakALineOrATerminalIsEscaped() {
        String hostile = "\"}\n\r\u001b[31m\u202e\u2028\u0085";
        assertThat(Json.write(hostile))
                .isEqualTo("\"\\\"}\\n\\u000d\\u001b[31m\\u202e\\u2028\\u0085\"");
    }

    @Test
    void aLoneSurrogateIsEscapedAndAPairIsNot() {
        assertThat(Json.write("\ud83d")).isEqualTo("\"\\ud83d\"");
        assertThat(Json.write("\ud83d\ude00")).isEqualTo("\"\ud83d\ude00\"");
    }
}
