package dev.tidings.filter.cel;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import java.util.List;
import java.util.stream.Collectors;

/// What expressions may use: the standard functions and macros, the attributes that the CloudEvents specification
/// names, `attributes` with all of them, and `data`. Of `matches` and `contains` it has its own.
final class CelEnvironment {
    private static final List<String> TEXTS =
            List.of("id", "source", "type", "specversion", "subject", "datacontenttype", "dataschema", "partitionkey");
    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(CelExpression.MAX_LENGTH)
            .maxParseRecursionDepth(32)
            .maxParseExpressionNodeCount(1_000)
            .comprehensionMaxIterations(20_000)
            .build();

    private final CelCompiler compiler = compiler();
    private final CelRuntime runtime = runtime(new BoundedTexts());

    private CelEnvironment() {}

    /// Made when the first expression is compiled: it takes some tenths of a second.
    private static final class Holder {
        static final CelEnvironment ENVIRONMENT = new CelEnvironment();
    }

    static CelEnvironment get() {
        return Holder.ENVIRONMENT;
    }

    CelRuntime.Program compile(String text) throws CelFlaw {
        CelValidationResult result = compiler.compile(text);
        try {
            return runtime.createProgram(result.getAst());
        } catch (CelValidationException invalid) {
            throw new CelFlaw(result.getErrors().isEmpty() ? told(invalid) : told(result.getErrors()));
        } catch (CelEvaluationException unplanned) {
            throw new CelFlaw(told(unplanned));
        }
    }

    private static String told(List<CelIssue> issues) {
        return issues.stream()
                .limit(3)
                .map(issue -> issue.getMessage()
                        + (issue.getSourceLocation().getColumn() < 0
                                ? ""
                                : ", at line " + issue.getSourceLocation().getLine() + ", character "
                                        + (issue.getSourceLocation().getColumn() + 1)))
                .collect(Collectors.joining("; "));
    }

    private static String told(Exception failure) {
        return String.valueOf(failure.getMessage());
    }

    private static CelCompiler compiler() {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardEnvironmentEnabled(false)
                .setStandardDeclarations(CelStandardDeclarations.newBuilder()
                        .excludeFunctions(
                                CelStandardDeclarations.StandardFunction.MATCHES,
                                CelStandardDeclarations.StandardFunction.CONTAINS)
                        .build())
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setResultType(SimpleType.BOOL)
                .addVar("time", SimpleType.TIMESTAMP)
                .addVar("attributes", MapType.create(SimpleType.STRING, SimpleType.DYN))
                .addVar("data", SimpleType.DYN)
                .addFunctionDeclarations(
                        CelFunctionDecl.newFunctionDeclaration(
                                "matches",
                                CelOverloadDecl.newGlobalOverload(
                                        "bounded_matches", SimpleType.BOOL, SimpleType.STRING, SimpleType.STRING),
                                CelOverloadDecl.newMemberOverload(
                                        "bounded_matches_string",
                                        SimpleType.BOOL,
                                        SimpleType.STRING,
                                        SimpleType.STRING)),
                        CelFunctionDecl.newFunctionDeclaration(
                                "contains",
                                CelOverloadDecl.newMemberOverload(
                                        "bounded_contains", SimpleType.BOOL, SimpleType.STRING, SimpleType.STRING)));
        TEXTS.forEach(name -> builder.addVar(name, SimpleType.STRING));
        return builder.build();
    }

    @SuppressWarnings("Immutable") // what the texts keep changes no answer of theirs
    private static CelRuntime runtime(BoundedTexts texts) {
        return CelRuntimeFactory.legacyCelRuntimeBuilder()
                .setOptions(OPTIONS)
                .setStandardEnvironmentEnabled(false)
                .setStandardFunctions(CelStandardFunctions.newBuilder()
                        .excludeFunctions(
                                CelStandardFunctions.StandardFunction.MATCHES,
                                CelStandardFunctions.StandardFunction.CONTAINS)
                        .build())
                .addFunctionBindings(
                        CelFunctionBinding.from("bounded_matches", String.class, String.class, texts::matches),
                        CelFunctionBinding.from("bounded_matches_string", String.class, String.class, texts::matches),
                        CelFunctionBinding.from("bounded_contains", String.class, String.class, texts::contains))
                .build();
    }
}
