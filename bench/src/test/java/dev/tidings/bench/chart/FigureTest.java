package dev.tidings.bench.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class FigureTest {
    @Test
    void drawsALineAndItsAxes() throws Exception {
        Line line = new Line("cost < budget", List.of(new Line.Point(1, 5), new Line.Point(10_000, 7.5)));
        Panel panel = new Panel(new Panel.Axis("types", Panel.Scale.LOGARITHMIC), "µs", List.of(line));

        String svg = new Figure("Cost & types", List.of(panel)).svg();

        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertThat(svg)
                .contains("prefers-color-scheme: dark", ">1<", ">100<", ">10,000<", ">types<", ">µs<")
                .contains("points=\"64.0,");
    }

    @Test
    void putsNothingADecadeBeforeTheFirstOnALogarithmicAxis() {
        Ruler ruler = Ruler.over(Panel.Scale.LOGARITHMIC, List.of(0.0, 10.0, 1000.0));

        assertThat(ruler.at(0)).isZero();
        assertThat(ruler.at(1000)).isEqualTo(1);
        assertThat(ruler.marks()).containsExactly(1.0, 10.0, 100.0, 1000.0);
    }

    @Test
    void endsAnAxisAtARoundNumber() {
        Ruler ruler = Ruler.fromZero(37.2);

        assertThat(ruler.marks()).containsExactly(0.0, 10.0, 20.0, 30.0, 40.0);
    }
}
