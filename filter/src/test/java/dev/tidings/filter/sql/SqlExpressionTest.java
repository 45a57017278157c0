package dev.tidings.filter.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlExpressionTest {
    private static final Map<String, Object> EVENT = Map.of(
            "id",
            "A-1",
            "text",
            "first\nsecond",
            "emoji",
            "a😀b",
            "priority",
            7,
            "express",
            true,
            "long",
            "a".repeat(60_000));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            TRUE OR FALSE AND FALSE                 | true
            TRUE XOR TRUE OR TRUE                   | false
            NOT id = 'B'                            | true
            NOT id = 'A-1' OR express               | true
            NOT FALSE AND FALSE                     | false
            NOT NOT express                         | true
            express = NOT FALSE                     | true
            1 + 2 * 3 = 7                           | true
            10 - 3 - 2 = 5                          | true
            -2147483648 < 0                         | true
            - 3 + 5 = 2                             | true
            priority >= 7                           | true
            priority > '6'                          | true
            priority % 4 = 3 AND -7 % 4 = -3        | true
            id LIKE 'A%' AND id NOT LIKE 'B%'       | true
            text LIKE 'first%'                      | true
            text LIKE 'first_second'                | true
            emoji LIKE 'a_b'                        | true
            LENGTH(emoji) = 3                       | true
            LEFT(emoji, 2) = 'a😀'                  | true
            RIGHT(emoji, 2) = '😀b'                 | true
            SUBSTRING(emoji, 2, 1) = '😀'           | true
            SUBSTRING(id, 3, 2147483647) = '1'      | true
            id LIKE '\\E(a+)+\\Q'                   | false
            UPPER('straße') = 'STRASSE'             | true
            'a' IN ('b', id) OR 7 IN (1, priority)  | true
            ID = 'A-1' and Exists ID                | true
            CONCAT_WS('-', 'A', 1) = id             | true
            """)
    void evaluates(String expression, boolean expected) {
        assertThat(SqlExpression.parse(expression).evaluate(EVENT::get)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            absent = 1              | MISSING_ATTRIBUTE
            id + 1                  | CAST
            2147483647 + 1          | MATH
            -2147483648 - 1         | MATH
            65536 * 65536           | MATH
            -2147483648 / -1        | MATH
            priority / 0            | MATH
            -(-2147483648)          | MATH
            LEFT(id, -1)            | FUNCTION_EVALUATION
            SUBSTRING(id, -2147483648) | FUNCTION_EVALUATION
            '99999999999' + 1       | CAST
            '٣' + 1                 | CAST
            1 AND TRUE              | CAST
            1 IN ('x', '1')         | CAST
            """)
    void failsAtTheFirstError(String expression, SqlError.Kind kind) {
        assertThatThrownBy(() -> SqlExpression.parse(expression).evaluate(EVENT::get))
                .isInstanceOfSatisfying(
                        SqlError.class, error -> assertThat(error.kind()).isEqualTo(kind));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``              | expected a value, found the end, at character 1
            id =            | expected a value, found the end, at character 5
            id = 'A         | the string has no end; expected another ', at character 6
            id == 'A'       | expected a value, found '=', at character 5
            id = 'A' id     | expected an operator or the end, found 'id', at character 10
            id # 1          | no part of an expression begins with '#', at character 4
            (id = 'A'       | expected ')', found the end, at character 10
            UPER(id) = 'A'  | there is no function 'UPER' of 1 arguments; did you mean 'UPPER'?, at character 1
            LEFT(id) = 'A'  | there is no function 'LEFT' of 1 arguments; did you mean 'LEFT'?, at character 1
            id LIKE type    | expected the pattern of LIKE in quotes, found 'type', at character 9
            id IN ()        | the set of IN has at least one element, at character 7
            id IN 'A'       | expected the set of IN in parentheses, found 'A', at character 7
            2147483648 = 1  | an integer has 32 bits; found 2147483648, at character 1
            a_b = 1         | expected the name of an attribute, letters and digits, found 'a_b', at character 1
            and = 1         | expected a value, found 'and', at character 1
            EXISTS 'id'     | expected the name of an attribute, letters and digits, found 'id', at character 8
            id NOT 'x'      | expected an operator or the end, found 'NOT', at character 4
            """)
    void saysWhatIsNoExpression(String expression, String complaint) {
        assertThatThrownBy(() -> SqlExpression.parse(expression))
                .isInstanceOfSatisfying(
                        SqlFlaw.class, flaw -> assertThat(flaw.complaint()).isEqualTo(complaint));
    }

    @Test
    void isBoundedInDepthAndSize() {
        SqlExpression.parse("(".repeat(32) + "TRUE" + ")".repeat(32));
        SqlExpression.parse("TRUE" + " AND TRUE".repeat(450));

        for (String expression : new String[] {
            "(".repeat(33) + "TRUE" + ")".repeat(33),
            "NOT ".repeat(33) + "TRUE",
            "-".repeat(33) + "id",
            "UPPER(".repeat(33) + "id" + ")".repeat(33),
            "TRUE" + " AND TRUE".repeat(600)
        }) {
            assertThatThrownBy(() -> SqlExpression.parse(expression)).isInstanceOf(SqlFlaw.class);
        }
    }

    @Test
    void givesUpWhatWouldTakeTooLong() {
        for (String expression : new String[] {
            "long LIKE '" + "%a".repeat(40) + "b'",
            "LENGTH(CONCAT(" + "long,".repeat(20) + "long)) > 0",
            "LENGTH(CONCAT_WS(long" + ",id".repeat(20) + ")) > 0",
            "long IN (" + "CONCAT(id, long),".repeat(20) + "long)"
        }) {
            assertThatThrownBy(() -> SqlExpression.parse(expression).evaluate(EVENT::get))
                    .isInstanceOfSatisfying(
                            SqlError.class, error -> assertThat(error.kind()).isEqualTo(SqlError.Kind.TOO_COSTLY));
        }
        assertThat(SqlExpression.parse("long LIKE '%a%a%a%b'").evaluate(EVENT::get))
                .isEqualTo(false);
    }
}
