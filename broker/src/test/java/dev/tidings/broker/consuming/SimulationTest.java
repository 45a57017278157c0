package dev.tidings.broker.consuming;

import static org.assertj.core.api.Assertions.assertThatCode;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SimulationTest {
    @Property(tries = 2000)
    void keepsItsPromisesThroughAnyLife(@ForAll long seed) {
        Simulation simulation = new Simulation(seed);

        assertThatCode(() -> simulation.run(200)).doesNotThrowAnyException();
    }
}
