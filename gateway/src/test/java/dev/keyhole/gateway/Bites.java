package dev.keyhole.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.lang.ArchRule;
import java.util.regex.Pattern;

/** A rule that nothing can break says nothing: each must name its violator. */
final class Bites {
    private Bites() {}

    static void rule(ArchRule rule, Class<?> violator) {
        var violations = rule.evaluate(House.violators()).getFailureReport().getDetails();
        // Whole: a violator with a longer name must not stand in for this one.
        var wholeName = Pattern.quote(violator.getName()) + "\\b";
        assertThat(violations)
                .as("what '%s' says about %s", rule.getDescription(), violator.getSimpleName())
                .anySatisfy(line -> assertThat(line).containsPattern(wholeName));
    }
}
