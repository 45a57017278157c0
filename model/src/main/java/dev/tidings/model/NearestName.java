package dev.tidings.model;

import java.util.Collection;

/// Finds what somebody probably meant.
public final class NearestName {
    /// Longer names than this are not compared: the work grows with their product.
    private static final int MAX_LENGTH = 255;

    private NearestName() {}

    /// `; did you mean 'X'?`, or nothing where no known name is near.
    public static String hint(String name, Collection<String> known) {
        if (name.length() > MAX_LENGTH) {
            return "";
        }
        String best = "";
        int bestDistance = Math.max(2, name.length() / 3) + 1;
        for (String candidate : known) {
            if (best.isEmpty() && name.length() > 2 && candidate.startsWith(name)) {
                best = candidate;
            }
            if (Math.abs(candidate.length() - name.length()) < bestDistance) {
                int distance = distance(name, candidate);
                if (distance < bestDistance) {
                    best = candidate;
                    bestDistance = distance;
                }
            }
        }
        return best.isEmpty() ? "" : "; did you mean '" + best + "'?";
    }

    /// The Levenshtein distance.
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
