package dev.tidings.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClassGrowthTest {
    @Test
    void namesTheClassThatLeaks() {
        String before = """
                 num     #instances         #bytes  class name (module)
                -------------------------------------------------------
                   1:          1000          80000  [B (java.base@25)
                   2:           100          10240  dev.tidings.broker.Leak
                Total          1100          90240
                """;
        String after = """
                   1:        900100          72000  [B (java.base@25)
                   2:           200          20480  dev.tidings.broker.Leak
                Total          1100          90240
                """;

        assertThat(ClassGrowth.table(before, after))
                .contains("| `dev.tidings.broker.Leak` | +100 | +10 |")
                .doesNotContain("[B");
    }
}
