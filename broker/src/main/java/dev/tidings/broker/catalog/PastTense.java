package dev.tidings.broker.catalog;

import java.util.Locale;
import java.util.Set;

/// Guesses whether the action of an event type says that something has happened.
final class PastTense {
    private static final Set<String> IRREGULAR = Set.of(
            "arisen",
            "ate",
            "became",
            "become",
            "begun",
            "bought",
            "bound",
            "broken",
            "brought",
            "built",
            "burnt",
            "cast",
            "caught",
            "chosen",
            "come",
            "cut",
            "done",
            "drawn",
            "driven",
            "drunk",
            "fallen",
            "fed",
            "felt",
            "fled",
            "flown",
            "forbidden",
            "forgotten",
            "fought",
            "found",
            "frozen",
            "given",
            "gone",
            "gotten",
            "got",
            "grown",
            "had",
            "heard",
            "held",
            "hidden",
            "hit",
            "hung",
            "hurt",
            "kept",
            "known",
            "laid",
            "led",
            "left",
            "lent",
            "let",
            "lost",
            "made",
            "meant",
            "met",
            "overdrawn",
            "overridden",
            "overrun",
            "paid",
            "put",
            "proven",
            "read",
            "rebuilt",
            "repaid",
            "reread",
            "resent",
            "reset",
            "resold",
            "retaken",
            "rewritten",
            "ridden",
            "risen",
            "rung",
            "run",
            "said",
            "seen",
            "sent",
            "set",
            "shaken",
            "shed",
            "shipped",
            "shot",
            "shown",
            "shrunk",
            "shut",
            "slept",
            "sold",
            "sought",
            "spent",
            "split",
            "spoken",
            "spread",
            "spun",
            "stolen",
            "stood",
            "struck",
            "stuck",
            "sung",
            "sunk",
            "sworn",
            "swept",
            "swum",
            "taken",
            "taught",
            "thought",
            "thrown",
            "told",
            "torn",
            "understood",
            "undone",
            "upheld",
            "upset",
            "withdrawn",
            "withheld",
            "woken",
            "won",
            "worn",
            "wound",
            "written");

    /// Words that end in "ed" and yet are no past.
    private static final Set<String> PRESENT = Set.of(
            "bed", "bleed", "breed", "embed", "exceed", "feed", "heed", "imbed", "need", "proceed", "red", "seed",
            "shred", "speed", "succeed", "weed", "wed");

    private PastTense() {}

    /// Whether any word of the action (`PasswordChanged`, `sent-to-archive`) is a past form.
    static boolean of(String action) {
        int start = 0;
        for (int i = 1; i <= action.length(); i++) {
            if (i == action.length() || startsWord(action, i)) {
                if (isPast(action.substring(start, i).toLowerCase(Locale.ROOT))) {
                    return true;
                }
                start = Character.isLetter(action.charAt(Math.min(i, action.length() - 1))) ? i : i + 1;
            }
        }
        return false;
    }

    private static boolean startsWord(String action, int i) {
        char c = action.charAt(i);
        return !Character.isLetter(c) || Character.isUpperCase(c) && Character.isLowerCase(action.charAt(i - 1));
    }

    private static boolean isPast(String word) {
        return IRREGULAR.contains(word) || word.length() > 3 && word.endsWith("ed") && !PRESENT.contains(word);
    }
}
