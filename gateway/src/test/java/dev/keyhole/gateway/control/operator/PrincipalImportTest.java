package dev.keyhole.gateway.control.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.access.PublicKeys;
import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.wire.ExitStatus;
import dev.keyhole.wire.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalImportTest {
    private static final PrincipalName ADA = new PrincipalName("ada");
    private static final String KEY = PublicKeys.line("ed25519");
    private static final String OTHER_KEY = PublicKeys.line("ecdsa-b256");

    private final Registry registry = new Registry();

    @Test
    void aClassIsAddedAtOnceAndASecondTimeNothingChanges() {
        String csv =
                "\uFEFFname,key,role,shell,expiry,memory,cpus\r\n"
                        + "ada,"
                        + KEY
                        + ",admin,yes,2027-06-30,8GiB,1.50\r\n"
                        + "bob,\""
                        + OTHER_KEY
                        + "\",,,,,\r\n";

        Answer added = imported(csv);

        assertThat(added.status()).as(added.text()).isEqualTo(ExitStatus.DONE);
        assertThat(added.text()).contains("2 added, 0 changed, 0 unchanged.");
        var ada = registry.now().principal(ADA).orElseThrow();
        assertThat(ada.shell()).isTrue();
        assertThat(ada.limits().memoryBytes()).hasValue(8L << 30);
        assertThat(registry.limited).containsOnlyKeys("ada");
        assertThat(registry.events)
                .as("it stands in the history of each")
                .extracting(event ->
                        ((AuditEvent.OperatorActed) event).act().principal().orElseThrow().value())
                .containsExactly("ada", "bob");
        assertThat(imported(csv).text()).contains("0 added, 0 changed, 2 unchanged.");
    }

    @Test
    void aDryRunShowsThePlanAndChangesNothing() {
        imported("name,memory\nada,1GiB\n");

        Answer plan =
                registry.run(
                        "principal import",
                        "text",
                        "name,memory,key\nada,2GiB,\nbob,,\"" + KEY + "\"\n",
                        "dryRun",
                        true);

        assertThat(plan.text())
                .contains("change  ada", "memory=2GiB", "add     bob", "dry run")
                .contains("1 added, 1 changed, 0 unchanged.");
        assertThat(Json.write(plan.document())).contains("\"dryRun\":true");
        assertThat(registry.now().principals()).hasSize(1);
    }

    @Test
    void loginNamesCountFromTheSecondPrincipalOn() {
        imported("name\nada\n");
        assertThat(imported("name\nbob\n").text()).contains("several principals now");
        assertThat(imported("name\neve\n").text()).doesNotContain("several principals now");
    }

    @Test
    void whatALineDoesNotSayStays() {
        imported("name,role,memory\nada,admin,1GiB\n");
        registry.run("principal lock", "name", "ada", "reason", "left");

        imported("name,pids\nada,100\n");

        var ada = registry.now().principal(ADA).orElseThrow();
        assertThat(ada.role().word()).isEqualTo("admin");
        assertThat(ada.limits().memoryBytes()).hasValue(1L << 30);
        assertThat(ada.limits().pids()).hasValue(100);
        assertThat(ada.lock()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../etc", "ada lovelace", "Ada", "-rf", "root;reboot", "9lives", "\"\""})
    void aBadNameIsToldWithItsLine(String name) {
        Answer refused = imported("name,role\nbob,\n" + name + ",\neve,\n");

        assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(refused.text()).contains("class.csv:3: ", "is no name");
        assertThat(registry.now().principals()).isEmpty();
    }

    @Test
    void controlCharactersAndEndlessNamesAreToldWithoutThem() {
        Answer refused = imported("name\na\u001b[2Jb\n" + "x".repeat(255) + "\na\u202Eb\n");

        assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(refused.text())
                .contains("class.csv:2: ", "class.csv:3: ", "class.csv:4: ")
                .doesNotContain("\u001b")
                .doesNotContain("\u202E")
                .doesNotContain("x".repeat(60));
    }

    @Test
    void oneBadLineIn200StopsAllAndEveryBadLineIsTold() {
        StringBuilder csv = new StringBuilder("name,key,role,expiry,memory\n");
        for (int line = 2; line <= 201; line++) {
            csv.append("p").append(line).append(line == 77 ? ",,,,8GB\n" : ",,,,8GiB\n");
        }

        Answer refused = imported(csv.toString());

        assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(refused.text().lines().skip(1)).singleElement().asString().contains(":77: ");
        assertThat(registry.now().principals()).isEmpty();

        String worse =
                csv.toString()
                        .replace("p20,", "p21,")
                        .replace("p100,,", "p100," + PublicKeys.line("rsa-b2048") + ",")
                        .replace("p120,,,", "p120,,boss,")
                        .replace("p130,,,,", "p130,,,30d,")
                        .replace("p140,,,,8GiB", "p140,,,,8GiB,9")
                        .replace("p150,,", "p150," + KEY + ",")
                        .replace("p160,,", "p160," + KEY + ",");
        assertThat(imported(worse).text())
                .contains(":21: ", ":77: ", ":100: ", ":120: ", ":130: ", ":140: ", ":160: ");
        assertThat(registry.now().principals()).isEmpty();
    }

    @Test
    void aKeyOfSomebodyElseIsToldWithItsLine() {
        imported("name,key\nada,\"" + KEY + "\"\n");

        Answer refused = imported("name,key\nbob,\"" + KEY + "\"\n");

        assertThat(refused.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(refused.text()).contains("class.csv:2: ", "belongs to ada");
        assertThat(registry.now().principals()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nam,key\nada,\n",
                "key\n\n",
                "name,name\nada,ada\n",
                "",
                "name\n\"ada\n",
                "name\na\"d\"a\n",
                "name\n\"ada\"x\n",
                "name,role\nada\n"
            })
    void aTableThatIsNoneIsAMistake(String csv) {
        assertThat(imported(csv).status()).isEqualTo(ExitStatus.USAGE);
        assertThat(registry.now().principals()).isEmpty();
    }

    @Test
    void anAuthorizedKeysFileIsAdoptedWithItsOptions() {
        String file = "from=\"10.0.0.0/8\" " + KEY + "\n# old\n" + OTHER_KEY + "\n";

        Answer adopted = registry.run("principal import", "text", file, "file", "ak", "as", "ada");

        assertThat(adopted.status()).as(adopted.text()).isEqualTo(ExitStatus.DONE);
        assertThat(registry.now().keysOf(ADA))
                .extracting(key -> key.line().startsWith("from="))
                .containsExactlyInAnyOrder(true, false);
        assertThat(registry.run("principal import", "text", file, "file", "ak", "as", "ada").text())
                .contains("1 unchanged");
        assertThat(
                        registry.run(
                                        "principal import",
                                        "text",
                                        file.replace("10.0.0.0/8", "10.0.0.0/9"),
                                        "as",
                                        "ada")
                                .text())
                .contains("other options");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "command=\"id\"",
                "environment=\"A=b\"",
                "permitopen=\"x\"",
                "cert-authority",
                "nonsense"
            })
    void anOptionThatIsNotEnforcedRefusesTheFileByName(String option) {
        Answer refused =
                registry.run(
                        "principal import",
                        "text",
                        OTHER_KEY + "\n" + option + " " + KEY + "\n",
                        "file",
                        "ak",
                        "as",
                        "ada");

        assertThat(refused.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(refused.text()).contains("ak:2: ", option.split("=")[0]);
        assertThat(registry.now().principals()).isEmpty();
    }

    @Test
    void preparingEverybodyComesBeforeAnybodyIsKnown() {
        registry.prepareFails = java.util.Optional.of("There is no python3.");

        Answer failed = registry.run("principal import", "text", "name\nada\n", "prepare", true);

        assertThat(failed.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(registry.now().principals()).isEmpty();
        assertThat(registry.events)
                .extracting(Object::getClass)
                .isEqualTo(
                        List.of(AuditEvent.OperatorActed.class, AuditEvent.OperatorRefused.class));
    }

    private Answer imported(String csv) {
        return registry.run("principal import", "file", "class.csv", "text", csv);
    }
}
