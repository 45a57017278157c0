/// The endurance test behind `./tidings-dev soak`: a broker under half of its greatest load, used in every way
/// at once, and figures that must stay flat.
@NullMarked
package dev.tidings.bench.soak;

import org.jspecify.annotations.NullMarked;
