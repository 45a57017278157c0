/// Benchmarks of single rooms, run by JMH: `./tidings bench micro`.
package dev.tidings.bench.micro;
