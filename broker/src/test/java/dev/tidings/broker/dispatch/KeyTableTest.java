package dev.tidings.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class KeyTableTest {
    @Property(tries = 200)
    void holdsWhatAMapHolds(@ForAll long seed) {
        Random random = new Random(seed);
        KeyTable table = new KeyTable();
        Map<Long, KeyQueue> map = new HashMap<>();
        int keys = 1 + random.nextInt(200);

        for (int i = 0; i < 1000; i++) {
            long key = random.nextInt(keys) * (random.nextBoolean() ? 16L : 1L);
            if (random.nextBoolean() && !map.containsKey(key)) {
                map.put(key, table.add(key));
            } else {
                map.remove(key);
                table.remove(key);
            }
            assertThat(table.size()).isEqualTo(map.size());
            assertThat(table.get(key)).isSameAs(map.get(key));
        }

        map.forEach((key, queue) -> assertThat(table.get(key)).isSameAs(queue));
    }
}
