package dev.tidings.architecture;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// Measures sources against the walls of the house. Files: 400 lines. Methods: 60 lines, 4 parameters (a record's
/// constructor has as many as the record has components), blocks nested 3 deep. Interfaces: 9 abstract methods.
final class Sizes {
    static final int FILE_LINES = 400;
    static final int METHOD_LINES = 60;
    static final int PARAMETERS = 4;
    static final int NESTING = 3;
    static final int INTERFACE_METHODS = 9;

    private Sizes() {}

    /// One line for each wall that is broken: `file: what`.
    static List<String> offenders(List<Path> files) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> offenders = new ArrayList<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                Path file = Path.of(unit.getSourceFile().toUri());
                long lines = Sources.read(file).lines().count();
                if (lines > FILE_LINES) {
                    offenders.add(Sources.relative(file) + ": the file");
                }
                unit.accept(new Walls(unit, positions, offenders), null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return offenders.stream().sorted().toList();
    }

    private static final class Walls extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> offenders;
        private ClassTree type;
        private int depth;
        private boolean tooDeep;

        Walls(CompilationUnitTree unit, SourcePositions positions, List<String> offenders) {
            this.unit = unit;
            this.positions = positions;
            this.offenders = offenders;
        }

        @Override
        public Void visitClass(ClassTree tree, Void nothing) {
            ClassTree outer = type;
            type = tree;
            if (tree.getKind() == Tree.Kind.INTERFACE && abstractMethods(tree) > INTERFACE_METHODS) {
                report(tree.getSimpleName() + " has too many methods");
            }
            super.visitClass(tree, null);
            type = outer;
            return null;
        }

        @Override
        public Void visitMethod(MethodTree tree, Void nothing) {
            int outerDepth = depth;
            boolean outerTooDeep = tooDeep;
            depth = -1;
            tooDeep = false;
            super.visitMethod(tree, null);
            String name = type.getSimpleName() + "." + tree.getName();
            if (lines(tree) > METHOD_LINES) {
                report(name + " is too long");
            }
            if (tree.getParameters().size() > PARAMETERS && type.getKind() != Tree.Kind.RECORD) {
                report(name + " has too many parameters");
            }
            if (tooDeep) {
                report(name + " nests too deep");
            }
            depth = outerDepth;
            tooDeep = outerTooDeep;
            return null;
        }

        @Override
        public Void visitBlock(BlockTree tree, Void nothing) {
            depth++;
            tooDeep |= depth > NESTING;
            super.visitBlock(tree, null);
            depth--;
            return null;
        }

        @Override
        public Void visitLambdaExpression(LambdaExpressionTree tree, Void nothing) {
            int outer = depth;
            depth = Math.max(0, depth - 1);
            super.visitLambdaExpression(tree, null);
            depth = outer;
            return null;
        }

        private long abstractMethods(ClassTree tree) {
            return tree.getMembers().stream()
                    .filter(member -> member instanceof MethodTree method
                            && !method.getModifiers().getFlags().contains(Modifier.DEFAULT)
                            && !method.getModifiers().getFlags().contains(Modifier.STATIC)
                            && !method.getModifiers().getFlags().contains(Modifier.PRIVATE))
                    .count();
        }

        private long lines(Tree tree) {
            long start = positions.getStartPosition(unit, tree);
            long end = positions.getEndPosition(unit, tree);
            return start < 0 || end < 0
                    ? 0
                    : unit.getLineMap().getLineNumber(end) - unit.getLineMap().getLineNumber(start) + 1;
        }

        private void report(String what) {
            offenders.add(Sources.relative(Path.of(unit.getSourceFile().toUri())) + ": " + what);
        }
    }
}
