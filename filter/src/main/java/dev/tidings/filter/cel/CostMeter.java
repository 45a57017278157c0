package dev.tidings.filter.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.runtime.CelEvaluationListener;
import java.util.Collection;
import java.util.Map;

/// Counts what the evaluation of an expression costs, by what it yields step by step, and ends it where that is too
/// much. It looks at no clock, so that the same expression comes to the same end on the same event everywhere.
///
/// A step costs 1, and what one can do with its value next: look at each character of a text, or compare each value in
/// an object or array. What the expression has built itself may hold more than is known; to compare it costs a share of
/// all that was spent so far, which is what building it has cost at least.
final class CostMeter implements CelEvaluationListener {
    static final int MOST = 100_000;

    private static final int CHARACTERS_A_STEP = 4;
    private static final int VALUES_A_STEP = 16;
    private static final int SHARE_OF_SPENT = 8;

    private final CelEvent event;
    private long spent;
    private boolean built;

    CostMeter(CelEvent event) {
        this.event = event;
    }

    /// Ends an evaluation.
    static final class Overspent extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Overspent() {
            super("the evaluation costs too much", null, false, false);
        }
    }

    @Override
    public void callback(CelExpr expression, Object value) {
        spent += 1 + cost(expression, value);
        if (spent > MOST) {
            throw new Overspent();
        }
    }

    private long cost(CelExpr expression, Object value) {
        return switch (value) {
            case String text -> text.length() / CHARACTERS_A_STEP;
            case Map<?, ?> map -> container(expression, map, map.size());
            case Collection<?> list -> container(expression, list, list.size());
            default -> built && compares(expression) ? spent / SHARE_OF_SPENT : 0;
        };
    }

    private long container(CelExpr expression, Object container, int members) {
        Integer size = event.size(container);
        if (size != null) {
            return size / VALUES_A_STEP;
        }
        if (accumulates(expression)) {
            return 0;
        }
        built = true;
        return members / VALUES_A_STEP;
    }

    /// What a macro gathers its result in is looked at by nobody before it is done.
    private static boolean accumulates(CelExpr expression) {
        Kind kind = expression.exprKind().getKind();
        return kind == Kind.LIST
                || kind == Kind.IDENT && expression.ident().name().startsWith("@")
                || kind == Kind.IDENT && expression.ident().name().equals("attributes")
                || kind == Kind.CALL && expression.call().function().equals("_+_");
    }

    private static boolean compares(CelExpr expression) {
        if (expression.exprKind().getKind() != Kind.CALL) {
            return false;
        }
        return switch (expression.call().function()) {
            case "_==_", "_!=_", "@in" -> true;
            default -> false;
        };
    }
}
