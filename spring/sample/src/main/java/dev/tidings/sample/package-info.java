/// A shop that tells of its orders, and takes payments for them when it hears of them: a program to begin with.
package dev.tidings.sample;
