package dev.tidings.dist.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds what somebody who mistyped probably meant.
final class NearestKey {
    private NearestKey() {}

    /// The candidate that takes the fewest changes of a letter, or nothing where all are far.
    static Optional<String> of(String found, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> distance(found, candidate) <= Math.max(2, found.length() / 3))
                .min(Comparator.comparingInt(candidate -> distance(found, candidate)));
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
