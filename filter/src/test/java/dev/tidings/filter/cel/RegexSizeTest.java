package dev.tidings.filter.cel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegexSizeTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                              | 0
            abc                             | 3
            a{10}                           | 10
            a{2,10}b                        | 11
            a{10,}                          | 10
            \\d{4}-\\d{2}-\\d{2}            | 10
            (ab){10}                        | 30
            ((a{10}){10}){10}               | 1110
            (a{1000}){1000}{1000}           | 1000000
            ((((                            | 0
            ))))                            | 4
            a{x}                            | 4
            a{                              | 2
            a{99999999999999}               | 1000000
            {5}                             | 0
            """)
    void writesRepetitionsOut(String regex, int parts) {
        assertThat(RegexSize.of(regex)).isEqualTo(parts);
    }
}
