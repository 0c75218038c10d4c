/* A disk that fails when told to, for programs started with LD_PRELOAD.
 *
 * Counted are the calls that change a file of the watched folder: write, truncate, sync, rename, unlink. At the n-th one
 *   eio    fails once with EIO                      full   and every later one fails with ENOSPC (syncs still succeed)
 *   kill   writes one half and dies                 power  dies, and every write since the last sync of its file is gone
 *   power-some  as power, but every second one of those writes stays: a disk writes in what order it likes
 *
 * PAYUNG_DISK_FOLDER watched, PAYUNG_DISK_MODE, PAYUNG_DISK_AT n, PAYUNG_DISK_MARK a file made when it strikes.
 * SQLite's -shm files are memory of the running program and are left alone. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define FDS 4096
#define FILES 256

/* A write that no sync has made durable yet: what stood there, what stands there now. */
struct change {
    struct change *earlier;
    off_t at, size_before, size_after;
    size_t length, length_before;
    char *before, *after;
};

struct file {
    dev_t dev;
    ino_t ino;
    int own_fd; /* never closed: closing would drop the program's locks */
    struct change *unsynced;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct file files[FILES];
static int files_known;
static int file_of_fd[FDS]; /* 1 + place in files */
static long calls, at;
static const char *folder, *mode;
static int started;

static int (*real_open)(const char *, int, ...);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_pread)(int, void *, size_t, off_t);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_writev)(int, const struct iovec *, int);
static int (*real_ftruncate)(int, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_close)(int);
static int (*real_rename)(const char *, const char *);
static int (*real_unlink)(const char *);

static void start(void) {
    if (started) return;
    real_open = dlsym(RTLD_NEXT, "open64");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_pread = dlsym(RTLD_NEXT, "pread64");
    real_write = dlsym(RTLD_NEXT, "write");
    real_writev = dlsym(RTLD_NEXT, "writev");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_close = dlsym(RTLD_NEXT, "close");
    real_rename = dlsym(RTLD_NEXT, "rename");
    real_unlink = dlsym(RTLD_NEXT, "unlink");
    folder = getenv("PAYUNG_DISK_FOLDER");
    mode = getenv("PAYUNG_DISK_MODE");
    const char *n = getenv("PAYUNG_DISK_AT");
    at = n ? atol(n) : 0;
    if (!mode) mode = "";
    started = 1;
}

static int is(const char *name) { return strcmp(mode, name) == 0; }

static int watched(const char *path) {
    if (!folder || !path || !strstr(path, folder)) return 0;
    size_t length = strlen(path);
    return !(length > 4 && strcmp(path + length - 4, "-shm") == 0);
}

static void opened(int fd, const char *path) {
    struct stat s;
    if (fd < 0 || fd >= FDS || !watched(path) || fstat(fd, &s) || !S_ISREG(s.st_mode)) return;
    pthread_mutex_lock(&lock);
    int place = 0;
    while (place < files_known && !(files[place].dev == s.st_dev && files[place].ino == s.st_ino)) place++;
    if (place == files_known && place < FILES) {
        int own = real_open(path, O_RDWR | O_CLOEXEC);
        if (own >= 0) files[files_known++] = (struct file){s.st_dev, s.st_ino, own, NULL};
    }
    file_of_fd[fd] = place < files_known ? place + 1 : 0;
    pthread_mutex_unlock(&lock);
}

static struct file *file(int fd) {
    return fd >= 0 && fd < FDS && file_of_fd[fd] ? &files[file_of_fd[fd] - 1] : NULL;
}

static void mark(const char *what) {
    const char *path = getenv("PAYUNG_DISK_MARK");
    int fd = path ? real_open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;
    if (fd < 0) return;
    if (real_write(fd, what, strlen(what)) < 0) abort();
    real_close(fd);
}

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

/* The synced state first, then, oldest first, those writes that the disk had carried out all the same. */
static void put_back(struct file *f, int some) {
    struct change *oldest_first = NULL;
    while (f->unsynced) {
        struct change *c = f->unsynced;
        f->unsynced = c->earlier;
        if (c->length_before && real_pwrite(f->own_fd, c->before, c->length_before, c->at) < 0) abort();
        if (real_ftruncate(f->own_fd, c->size_before)) abort();
        c->earlier = oldest_first;
        oldest_first = c;
    }
    int place = 0;
    for (struct change *c = oldest_first; some && c; c = c->earlier, place++) {
        if (place % 2) continue;
        if (c->length && real_pwrite(f->own_fd, c->after, c->length, c->at) < 0) abort();
        if (!c->length && real_ftruncate(f->own_fd, c->size_after)) abort();
    }
}

/* What is to happen to the call that begins now; the lock is held. */
enum fate { GOES_ON, FAILS, HALF };

static enum fate counted(const char *what, int sync) {
    calls++;
    if (!at || calls < at) return GOES_ON;
    if (calls == at) mark(what);
    if (is("full") && !sync) {
        errno = ENOSPC;
        return FAILS;
    }
    if (calls > at) return GOES_ON;
    if (is("eio")) {
        errno = EIO;
        return FAILS;
    }
    if (is("kill")) return HALF;
    if (is("power") || is("power-some")) {
        for (int i = 0; i < files_known; i++) put_back(&files[i], is("power-some"));
        die();
    }
    return GOES_ON;
}

static void remember(struct file *f, off_t offset, const void *bytes, size_t length, off_t size_after) {
    struct stat s;
    if (!(is("power") || is("power-some")) || fstat(f->own_fd, &s)) return;
    struct change *c = calloc(1, sizeof *c);
    *c = (struct change){.earlier = f->unsynced, .at = offset, .size_before = s.st_size, .length = length};
    c->size_after = size_after;
    off_t end = length ? offset + (off_t)length : s.st_size;
    if (end > s.st_size) end = s.st_size;
    if (end > offset) {
        c->before = malloc(end - offset);
        ssize_t got = real_pread(f->own_fd, c->before, end - offset, offset);
        c->length_before = got > 0 ? got : 0;
    }
    if (length) {
        c->after = malloc(length);
        memcpy(c->after, bytes, length);
    }
    f->unsynced = c;
}

static void synced(struct file *f) {
    while (f->unsynced) {
        struct change *c = f->unsynced;
        f->unsynced = c->earlier;
        free(c->before);
        free(c->after);
        free(c);
    }
}

static ssize_t put(int fd, struct file *f, const void *bytes, size_t length, off_t offset, int here) {
    pthread_mutex_lock(&lock);
    ssize_t done = -1;
    switch (counted("write", 0)) {
    case FAILS:
        break;
    case HALF:
        if (real_pwrite(f->own_fd, bytes, length / 2, offset) < 0) abort();
        die();
        break;
    case GOES_ON:
        remember(f, offset, bytes, length, 0);
        done = here ? real_write(fd, bytes, length) : real_pwrite(fd, bytes, length, offset);
    }
    pthread_mutex_unlock(&lock);
    return done;
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t offset) {
    start();
    struct file *f = file(fd);
    return f ? put(fd, f, bytes, length, offset, 0) : real_pwrite(fd, bytes, length, offset);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) {
    return pwrite64(fd, bytes, length, offset);
}

ssize_t write(int fd, const void *bytes, size_t length) {
    start();
    struct file *f = file(fd);
    return f ? put(fd, f, bytes, length, lseek(fd, 0, SEEK_CUR), 1) : real_write(fd, bytes, length);
}

/* Shorter than asked for is allowed. */
ssize_t writev(int fd, const struct iovec *parts, int count) {
    start();
    if (!file(fd) || count < 1) return real_writev(fd, parts, count);
    return write(fd, parts[0].iov_base, parts[0].iov_len);
}

int ftruncate64(int fd, off_t length) {
    start();
    struct file *f = file(fd);
    if (!f) return real_ftruncate(fd, length);
    pthread_mutex_lock(&lock);
    int done = -1;
    switch (counted("truncate", 0)) {
    case FAILS:
        break;
    case HALF:
        die();
        break;
    case GOES_ON:
        remember(f, length, NULL, 0, length);
        done = real_ftruncate(fd, length);
    }
    pthread_mutex_unlock(&lock);
    return done;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

static int make_durable(int fd, int (*real)(int)) {
    struct file *f = file(fd);
    if (!f) return real(fd);
    pthread_mutex_lock(&lock);
    int done = -1;
    switch (counted("sync", 1)) {
    case FAILS:
        break;
    case HALF:
        die();
        break;
    case GOES_ON:
        done = real(fd);
        if (!done) synced(f);
    }
    pthread_mutex_unlock(&lock);
    return done;
}

int fsync(int fd) {
    start();
    return make_durable(fd, real_fsync);
}

int fdatasync(int fd) {
    start();
    return make_durable(fd, real_fdatasync);
}

static int moves(const char *path, const char *what) {
    if (!watched(path)) return 0;
    pthread_mutex_lock(&lock);
    enum fate fate = counted(what, 0);
    if (fate == HALF) die();
    pthread_mutex_unlock(&lock);
    return fate == FAILS;
}

int rename(const char *from, const char *to) {
    start();
    return moves(to, "rename") ? -1 : real_rename(from, to);
}

int unlink(const char *path) {
    start();
    return moves(path, "unlink") ? -1 : real_unlink(path);
}

int open64(const char *path, int flags, ...) {
    start();
    va_list rest;
    va_start(rest, flags);
    mode_t permissions = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    int fd = real_open(path, flags, permissions);
    opened(fd, path);
    return fd;
}

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t permissions = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return open64(path, flags, permissions);
}

int close(int fd) {
    start();
    if (fd >= 0 && fd < FDS) file_of_fd[fd] = 0;
    return real_close(fd);
}
