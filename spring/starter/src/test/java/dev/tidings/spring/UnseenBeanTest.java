package dev.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.client.Bus;
import dev.tidings.client.Tidings;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.support.GenericApplicationContext;

/// Beans whose methods name classes that the program does without.
class UnseenBeanTest {
    @Test
    void startsBesideALazyBeanWhoseMethodsCannotBeLookedAt() throws Exception {
        Class<?> odd = new Without(Missing.class).load(Odd.class);
        RootBeanDefinition definition = new RootBeanDefinition(odd);
        definition.setLazyInit(true);

        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(TidingsAutoConfiguration.class))
                .withBean(Bus.class, () -> Tidings.inProcess().open())
                .withInitializer(
                        context -> ((GenericApplicationContext) context).registerBeanDefinition("odd", definition))
                .run(context -> assertThat(context.getBeanDefinitionNames()).contains("odd"));
    }

    /// What is not there.
    static class Missing {}

    /// Who has to do with it.
    public static class Odd {
        public Missing missing() {
            return new Missing();
        }
    }

    /// Loads classes of its own, which do without one.
    private static final class Without extends ClassLoader {
        private final String missing;

        Without(Class<?> missing) {
            super(UnseenBeanTest.class.getClassLoader());
            this.missing = missing.getName();
        }

        Class<?> load(Class<?> original) throws IOException {
            String file = original.getName().replace('.', '/') + ".class";
            try (InputStream bytes = Objects.requireNonNull(getParent().getResourceAsStream(file))) {
                byte[] code = bytes.readAllBytes();
                return defineClass(original.getName(), code, 0, code.length);
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals(missing)) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }
}
