/* A disk that knows what has been synced: preloaded into a server, it keeps, in the directory DISK_RECORD, what the files
 * below DISK_ROOT would be after a power cut that takes everything that was not synced, and a log of all changes of names.
 * When a file "kill" appears in there with a number N in it, it kills the process at the N-th change from then on. Between
 * two changes nothing is half done, so whoever reads the record afterwards can decide, block by block and name by name,
 * what the cut has left.
 *
 * In DISK_RECORD: N, the synced content of file N; log, lines of
 *   have N PATH    file N was there, whole, when it was first touched
 *   create N PATH, mkdir PATH, move FROM TO, link FROM TO, unlink PATH, sync DIRECTORY
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES 4096
#define FDS 4096

struct range { off_t from, to; struct range *next; };

static struct { char path[PATH_MAX]; int used; struct range *dirty; } files[FILES];
static int file_of_fd[FDS];
static int count, logging = -1;
static long left_to_live;
static const char *root, *record;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) ((__typeof__(&name)) real(#name))

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

__attribute__((constructor)) static void begin(void)
{
    char path[PATH_MAX];

    root = getenv("DISK_ROOT");
    record = getenv("DISK_RECORD");
    if (root == NULL || record == NULL)
        return;
    snprintf(path, sizeof path, "%s/log", record);
    logging = REAL(open)(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int ours(const char *path)
{
    return logging >= 0 && path != NULL && strncmp(path, root, strlen(root)) == 0;
}

/* Before each change, with the mutex held, so that no other is half done. */
static void change(void)
{
    char path[PATH_MAX], number[32] = "";
    int order;

    snprintf(path, sizeof path, "%s/kill", record);
    order = left_to_live == 0 ? REAL(open)(path, O_RDONLY | O_CLOEXEC) : -1;
    if (order >= 0) {
        if (read(order, number, sizeof number - 1) > 0)
            left_to_live = atol(number);
        REAL(close)(order);
    }
    if (left_to_live > 0 && --left_to_live == 0)
        kill(getpid(), SIGKILL);
}

static void note(const char *format, ...)
{
    char line[3 * PATH_MAX];
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (write(logging, line, length) != length)
        abort();
}

static const char *name(const char *path)
{
    const char *rest = path + strlen(root);
    return *rest == '/' ? rest + 1 : rest;
}

static int find(const char *path)
{
    for (int i = 1; i <= count; i++)
        if (files[i].used && strcmp(files[i].path, path) == 0)
            return i;
    return 0;
}

static int add(const char *path)
{
    if (++count >= FILES)
        abort();
    files[count].used = 1;
    snprintf(files[count].path, PATH_MAX, "%s", path);
    return count;
}

static int open_synced(int file)
{
    char path[PATH_MAX];

    snprintf(path, sizeof path, "%s/%d", record, file);
    return REAL(open)(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
}

static void copy(int from, int to, off_t at, off_t end)
{
    char buffer[65536];

    while (at < end) {
        size_t wanted = end - at < (off_t) sizeof buffer ? end - at : (off_t) sizeof buffer;
        ssize_t got = pread(from, buffer, wanted, at);
        if (got <= 0)
            return;
        if (REAL(pwrite)(to, buffer, got, at) != got)
            abort();
        at += got;
    }
}

/* A file that was there before this process is taken for durable as it is. */
static int existing(const char *path)
{
    int file = find(path), from, to;

    if (file != 0)
        return file;
    from = REAL(open)(path, O_RDONLY | O_CLOEXEC);
    if (from < 0)
        return 0;
    file = add(path);
    to = open_synced(file);
    copy(from, to, 0, LONG_MAX);
    close(from);
    close(to);
    note("have %d %s\n", file, name(path));
    return file;
}

static void dirty(int file, off_t from, off_t to)
{
    struct range *range = malloc(sizeof *range);

    range->from = from;
    range->to = to;
    range->next = files[file].dirty;
    files[file].dirty = range;
}

static int open_file(const char *path, int flags, mode_t mode)
{
    struct stat status;
    int fd, file = 0;

    if (!ours(path) || (flags & O_ACCMODE) == O_RDONLY)
        return REAL(open)(path, flags, mode);
    pthread_mutex_lock(&mutex);
    if (lstat(path, &status) == 0) {
        file = existing(path);
        fd = REAL(open)(path, flags, mode);
    } else {
        change();
        fd = REAL(open)(path, flags, mode);
        if (fd >= 0) {
            file = add(path);
            close(open_synced(file));
            note("create %d %s\n", file, name(path));
        }
    }
    if (fd >= FDS)
        abort();
    if (fd >= 0)
        file_of_fd[fd] = file;
    pthread_mutex_unlock(&mutex);
    return fd;
}

int open(const char *path, int flags, ...)
{
    va_list arguments;
    mode_t mode;

    va_start(arguments, flags);
    mode = flags & O_CREAT ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    return open_file(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list arguments;
    mode_t mode;

    va_start(arguments, flags);
    mode = flags & O_CREAT ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    return open_file(path, flags, mode);
}

int close(int fd)
{
    if (fd >= 0 && fd < FDS)
        file_of_fd[fd] = 0;
    return REAL(close)(fd);
}

static int file_at(int fd) { return fd >= 0 && fd < FDS ? file_of_fd[fd] : 0; }

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at)
{
    int file = file_at(fd);
    ssize_t done;

    if (file == 0)
        return REAL(pwrite)(fd, bytes, length, at);
    pthread_mutex_lock(&mutex);
    change();
    done = REAL(pwrite)(fd, bytes, length, at);
    if (done > 0)
        dirty(file, at, at + done);
    pthread_mutex_unlock(&mutex);
    return done;
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t at) { return pwrite(fd, bytes, length, at); }

int ftruncate(int fd, off_t size)
{
    int file = file_at(fd), result;
    struct stat before;

    if (file == 0)
        return REAL(ftruncate)(fd, size);
    pthread_mutex_lock(&mutex);
    change();
    fstat(fd, &before);
    result = REAL(ftruncate)(fd, size);
    if (size < before.st_size)
        dirty(file, size, before.st_size);
    pthread_mutex_unlock(&mutex);
    return result;
}

int ftruncate64(int fd, off_t size) { return ftruncate(fd, size); }

/* Since only the process dies and never the machine, what is synced need not reach a disk. */
static int sync_file(int fd, const char *by)
{
    int file = file_at(fd), synced;
    char link[64], path[PATH_MAX];
    struct stat status;
    ssize_t length;

    if (logging < 0 || fstat(fd, &status) != 0)
        return ((int (*)(int)) real(by))(fd);
    pthread_mutex_lock(&mutex);
    if (S_ISDIR(status.st_mode)) {
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        length = readlink(link, path, sizeof path - 1);
        path[length < 0 ? 0 : length] = '\0';
        if (ours(path)) {
            change();
            note("sync %s\n", name(path));
        }
    } else if (file != 0) {
        change();
        synced = open_synced(file);
        while (files[file].dirty != NULL) {
            struct range *range = files[file].dirty;
            copy(fd, synced, range->from, range->to);
            files[file].dirty = range->next;
            free(range);
        }
        if (REAL(ftruncate)(synced, status.st_size) != 0)
            abort();
        close(synced);
    }
    pthread_mutex_unlock(&mutex);
    return 0;
}

int fsync(int fd) { return sync_file(fd, "fsync"); }

int fdatasync(int fd) { return sync_file(fd, "fdatasync"); }

int rename(const char *from, const char *to)
{
    int result, file, replaced;

    if (!ours(from))
        return REAL(rename)(from, to);
    pthread_mutex_lock(&mutex);
    file = existing(from);
    replaced = existing(to);
    change();
    result = REAL(rename)(from, to);
    if (result == 0) {
        if (replaced != 0)
            files[replaced].used = 0;
        snprintf(files[file].path, PATH_MAX, "%s", to);
        note("move %s %s\n", name(from), name(to));
    }
    pthread_mutex_unlock(&mutex);
    return result;
}

int link(const char *from, const char *to)
{
    int result;

    if (!ours(from))
        return REAL(link)(from, to);
    pthread_mutex_lock(&mutex);
    existing(from);
    change();
    result = REAL(link)(from, to);
    if (result == 0)
        note("link %s %s\n", name(from), name(to));
    pthread_mutex_unlock(&mutex);
    return result;
}

int unlink(const char *path)
{
    int result, file;

    if (!ours(path))
        return REAL(unlink)(path);
    pthread_mutex_lock(&mutex);
    file = existing(path);
    change();
    result = REAL(unlink)(path);
    if (result == 0) {
        files[file].used = 0;
        note("unlink %s\n", name(path));
    }
    pthread_mutex_unlock(&mutex);
    return result;
}

int mkdir(const char *path, mode_t mode)
{
    int result;

    if (!ours(path))
        return REAL(mkdir)(path, mode);
    pthread_mutex_lock(&mutex);
    change();
    result = REAL(mkdir)(path, mode);
    if (result == 0 && *name(path) != '\0')
        note("mkdir %s\n", name(path));
    pthread_mutex_unlock(&mutex);
    return result;
}
