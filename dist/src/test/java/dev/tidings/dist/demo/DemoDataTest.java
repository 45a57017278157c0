package dev.tidings.dist.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.catalog.CatalogRead;
import dev.tidings.broker.catalog.CatalogText;
import dev.tidings.cli.CatalogFile;
import dev.tidings.model.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoDataTest {
    private static final String MARK = "invalidonpurpose";
    private final List<Quake> quakes =
            DemoData.events().stream().map(Quake::read).toList();

    @Test
    void holdsAWeekOfRealEarthquakes() {
        List<Quake> real =
                quakes.stream().filter(quake -> !quake.event().has(MARK)).toList();

        assertThat(real).hasSize(1707);
        assertThat(real).extracting(Quake::id).doesNotHaveDuplicates();
        assertThat(real).allSatisfy(quake -> {
            assertThat(quake.event().path("specversion").asString()).isEqualTo("1.0");
            assertThat(quake.event().path("type").asString()).isEqualTo("USGS.ANSS.Earthquake.Detected");
            assertThat(quake.event().path("partitionkey").asString()).hasSize(2);
            assertThat(Instant.parse(quake.event().path("time").asString()))
                    .isBetween(Instant.parse("2018-01-31T00:00:00Z"), Instant.parse("2018-02-08T00:00:00Z"));
            assertThat(quake.flaw()).isEmpty();
        });
    }

    @Test
    void marksWhatIsInvalidOnPurpose() {
        List<Quake> unusable =
                quakes.stream().filter(quake -> quake.flaw().isPresent()).toList();

        assertThat(unusable)
                .hasSize(3)
                .allSatisfy(
                        quake -> assertThat(quake.event().path(MARK).asString()).startsWith("no consumer can use it"));
        assertThat(quakes.stream()
                        .filter(quake -> quake.event().path(MARK).asString("").startsWith("violates")))
                .hasSize(4);
    }

    @Test
    void hasACatalogWithItsType() {
        String text = CatalogFile.inline(DemoData.text("catalog.yaml"), DemoData::text);

        CatalogRead read = CatalogText.read(text, _ -> Optional.empty());

        assertThat(read).isInstanceOfSatisfying(CatalogRead.Read.class, good -> {
            assertThat(good.warnings()).isEmpty();
            assertThat(good.catalog().types()).containsOnlyKeys(new EventType("USGS.ANSS.Earthquake.Detected"));
        });
    }

    @Test
    void namesItsSource() {
        assertThat(DemoData.text("earthquakes.ndjson")).startsWith("#").contains("U.S. Geological Survey", "public");
    }
}
