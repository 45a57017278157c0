/// Benchmarks of single rooms, run by JMH: `./mvnw -pl bench -am package`, then `./tidings bench micro`.
package dev.tidings.bench.micro;
