package dev.tidings.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.InnerClassInfo;
import java.lang.classfile.attribute.InnerClassesAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.constant.ClassDesc;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What programs that were compiled against a module link to: one line for each type, method and field that can be
/// seen from outside, in the packages that it exports, without their generics. Read from its class files; nothing is
/// loaded.
final class Signatures {
    private static final Set<AccessFlag> TOLD =
            Set.of(AccessFlag.PUBLIC, AccessFlag.PROTECTED, AccessFlag.STATIC, AccessFlag.FINAL, AccessFlag.ABSTRACT);

    /// Whether a type has its own of these or another's, programs find them.
    private static final Set<String> EVERYBODYS = Set.of("equals(java.lang.Object)", "hashCode()", "toString()");

    private final Map<String, ClassModel> classes;
    private final List<String> lines = new ArrayList<>();

    private Signatures(Map<String, ClassModel> classes) {
        this.classes = classes;
    }

    /// Of the module whose class files are in that directory; sorted.
    static List<String> of(Path directory) {
        Map<String, ClassModel> classes = new TreeMap<>();
        for (String exported : exported(directory)) {
            for (ClassModel type : parse(directory.resolve(exported.replace('.', '/')))) {
                classes.put(type.thisClass().asInternalName(), type);
            }
        }
        Signatures signatures = new Signatures(classes);
        classes.values().forEach(signatures::add);
        return signatures.lines.stream().sorted().toList();
    }

    /// The packages that a module exports to everybody.
    static List<String> exported(Path directory) {
        try (var in = Files.newInputStream(directory.resolve("module-info.class"))) {
            return ModuleDescriptor.read(in).exports().stream()
                    .filter(exports -> !exports.isQualified())
                    .map(ModuleDescriptor.Exports::source)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<ClassModel> parse(Path folder) {
        List<ClassModel> models = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class"))
                    .filter(path -> !path.endsWith("package-info.class"))
                    .toList()) {
                models.add(ClassFile.of().parse(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return models;
    }

    private void add(ClassModel type) {
        if (!isVisible(type)) {
            return;
        }
        String name = name(type.thisClass().asSymbol());
        lines.add(name + " : " + words(flagsOf(type)) + kind(type) + supertypes(type));
        type.fields().stream()
                .filter(field -> isMember(field.flags().flags()))
                .forEach(field -> lines.add(name + "." + field.fieldName().stringValue() + " : "
                        + words(field.flags().flags()) + name(field.fieldTypeSymbol())));
        type.methods().stream()
                .filter(method -> isMember(method.flags().flags()))
                .filter(method -> !EVERYBODYS.contains(callee(method)))
                .forEach(method -> lines.add(name + "." + callee(method) + " : "
                        + words(method.flags().flags())
                        + name(method.methodTypeSymbol().returnType())));
    }

    private static String callee(MethodModel method) {
        return method.methodName().stringValue()
                + method.methodTypeSymbol().parameterList().stream()
                        .map(Signatures::name)
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    private boolean isVisible(ClassModel type) {
        Optional<InnerClassInfo> nested = nested(type);
        boolean outerIsVisible = nested.flatMap(InnerClassInfo::outerClass)
                .map(outer -> classes.get(outer.asInternalName()))
                .map(this::isVisible)
                .orElse(nested.isEmpty());
        return outerIsVisible && isMember(flagsOf(type));
    }

    /// A nested class says so itself, and its own flags with it; a local one has no outer.
    private static Set<AccessFlag> flagsOf(ClassModel type) {
        return nested(type)
                .map(InnerClassInfo::flags)
                .orElseGet(() -> type.flags().flags());
    }

    private static Optional<InnerClassInfo> nested(ClassModel type) {
        return type.elementStream()
                .filter(InnerClassesAttribute.class::isInstance)
                .map(InnerClassesAttribute.class::cast)
                .flatMap(attribute -> attribute.classes().stream())
                .filter(info -> info.innerClass()
                        .asInternalName()
                        .equals(type.thisClass().asInternalName()))
                .findFirst();
    }

    private static boolean isMember(Set<AccessFlag> flags) {
        return !flags.contains(AccessFlag.SYNTHETIC)
                && (flags.contains(AccessFlag.PUBLIC) || flags.contains(AccessFlag.PROTECTED));
    }

    private static String words(Collection<AccessFlag> flags) {
        return flags.stream()
                .filter(TOLD::contains)
                .sorted()
                .map(flag -> flag.name().toLowerCase(Locale.ROOT) + " ")
                .collect(Collectors.joining());
    }

    private static String kind(ClassModel type) {
        return type.flags().has(AccessFlag.INTERFACE) ? "interface" : "class";
    }

    private static String supertypes(ClassModel type) {
        List<ClassEntry> supertypes = new ArrayList<>(type.interfaces());
        type.superclass().ifPresent(supertypes::addFirst);
        return supertypes.stream()
                .map(entry -> name(entry.asSymbol()))
                .filter(name -> !name.equals("java.lang.Object"))
                .map(name -> " < " + name)
                .collect(Collectors.joining());
    }

    private static String name(ClassDesc type) {
        ClassDesc component = type.componentType();
        if (component != null) {
            return name(component) + "[]";
        }
        return type.isPrimitive()
                ? type.displayName()
                : type.descriptorString()
                        .substring(1, type.descriptorString().length() - 1)
                        .replace('/', '.');
    }
}
