package dev.tidings.sim.actors;

import dev.tidings.engine.testkit.disk.FaultyDisk;
import dev.tidings.engine.testkit.disk.Operation;
import dev.tidings.sim.node.Machine;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/// What the world does to the machine, until it is over.
final class Storm implements Actor {
    private static final List<Operation> OPERATIONS = List.of(Operation.values());

    private final World world;
    private final Machine machine;
    private final SplittableRandom random;
    private final int calmness;
    private boolean over;

    Storm(World world, Machine machine, SplittableRandom random) {
        this.world = world;
        this.machine = machine;
        this.random = random;
        this.calmness = 200 << random.nextInt(5);
    }

    @Override
    public void act() {
        while (!over) {
            world.rest(random, calmness);
            if (!over) {
                strike();
            }
        }
    }

    /// Nothing more happens, and what is broken works again.
    void ends() {
        over = true;
        machine.weather().fair();
        machine.disk().heal();
        machine.disk().leaveSpace(Long.MAX_VALUE);
        world.trace().note("the storm is over");
    }

    private void strike() {
        FaultyDisk disk = machine.disk();
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> {
                int n = 1 + random.nextInt(60);
                world.trace().note("the disk will crash at its operation " + n);
                disk.crashAt(n);
            }
            case 3 -> {
                world.trace().note("the power goes");
                world.kill();
            }
            case 4 -> fail(disk, Operation.SYNC);
            case 5 -> fail(disk, OPERATIONS.get(random.nextInt(OPERATIONS.size())));
            case 6, 7 -> fill(disk);
            case 8, 9 -> slow();
            default -> jump();
        }
    }

    private void fail(FaultyDisk disk, Operation operation) {
        int n = 1 + random.nextInt(20);
        world.trace().note("the disk will fail at " + operation + " " + n);
        world.hurts();
        disk.failAt(n, operation);
    }

    private void fill(FaultyDisk disk) {
        int left = random.nextInt(300_000);
        world.trace().note("the disk has only " + left + " bytes left");
        disk.leaveSpace(left);
        world.fills(true);
        world.rest(random, 2_000);
        machine.disk().leaveSpace(Long.MAX_VALUE);
        world.fills(false);
        world.trace().note("the disk has space again");
    }

    private void slow() {
        world.trace().note("the disk is slow");
        machine.weather().slow(1 + random.nextInt(8), Duration.ofMillis(1 + random.nextInt(200)));
        world.rest(random, 2_000);
        machine.weather().fair();
    }

    private void jump() {
        Duration by = random.nextBoolean()
                ? Duration.ofSeconds(random.nextInt(-300, 300))
                : Duration.ofMinutes(random.nextInt(-30, 120));
        world.trace().note("the clock jumps by " + by);
        world.truth().clockJumps();
        machine.clock().jump(by);
        world.truth().clockJumps();
    }
}
