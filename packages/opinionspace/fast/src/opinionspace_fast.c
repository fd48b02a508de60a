/* Six loops of opinionspace, compiled.

Each does what the NumPy path does, adding in the same order, and knows nothing of voices or
statements: it is given buffers of one length or another and refuses those that do not fit. It
is written against the limited API of Python 3.11, so that one build serves later versions too.

A vote is one number of two bytes: four times its column, plus its stance plus one. */
#define Py_LIMITED_API 0x030b0000
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef const int64_t *Starts;

/* Take a contiguous buffer whose items have `size` bytes, or say what is wrong with it. */
static int
taken(PyObject *given, Py_buffer *view, Py_ssize_t size, int writable, const char *name)
{
    int flags = PyBUF_C_CONTIGUOUS | PyBUF_FORMAT | (writable ? PyBUF_WRITABLE : 0);
    if (PyObject_GetBuffer(given, view, flags) < 0)
        return -1;
    if (view->itemsize != size) {
        PyErr_Format(PyExc_TypeError, "%s: items of %zd bytes are needed, not %zd", name, size,
                     view->itemsize);
        PyBuffer_Release(view);
        return -1;
    }
    return 0;
}

static Py_ssize_t
length(const Py_buffer *view)
{
    return view->len / view->itemsize;
}

typedef struct {
    const char *name;
    Py_ssize_t size;
    int writable;
} Wanted;

static void
released(Py_buffer *views, int n)
{
    while (n > 0)
        PyBuffer_Release(&views[--n]);
}

static int
all_taken(PyObject *args, const Wanted *wanted, Py_buffer *views, int n)
{
    for (int i = 0; i < n; i++) {
        PyObject *one = PyTuple_GetItem(args, i);
        if (one == NULL || taken(one, &views[i], wanted[i].size, wanted[i].writable,
                                 wanted[i].name) < 0) {
            released(views, i);
            return -1;
        }
    }
    return 0;
}

static int
rising(Starts start, Py_ssize_t rows, Py_ssize_t votes)
{
    if (rows < 0 || start[0] != 0 || start[rows] != votes)
        return 0;
    for (Py_ssize_t i = 0; i < rows; i++)
        if (start[i + 1] < start[i])
            return 0;
    return 1;
}

static PyObject *
unfit(Py_buffer *views, int n, const char *why)
{
    released(views, n);
    PyErr_SetString(PyExc_ValueError, why);
    return NULL;
}

static int
within(const uint16_t *code, Py_ssize_t votes, Py_ssize_t limit)
{
    uint16_t most = 0;
    for (Py_ssize_t i = 0; i < votes; i++)
        most = code[i] > most ? code[i] : most;
    return votes == 0 || most < limit;
}

/* Which is the lowest bit that is set; there is one. */
static int
lowest(uint64_t bits)
{
#if defined(__GNUC__)
    return __builtin_ctzll(bits);
#else
    int at = 0;
    for (; !(bits & 1); bits >>= 1)
        at++;
    return at;
#endif
}

static int
put_by_voice(const int64_t *voice, const int64_t *statement, const int8_t *stance, Py_ssize_t votes,
             int64_t *start, Py_ssize_t n, Py_ssize_t m, uint16_t *code, Py_buffer *log)
{
    uint32_t *narrow = log->itemsize == 4 ? log->buf : NULL;
    int64_t *wide = log->buf;
    memset(start, 0, (size_t)(n + 1) * sizeof(int64_t));
    for (Py_ssize_t t = 0; t < votes; t++) {
        if (voice[t] < 0 || voice[t] >= n || statement[t] < 0 || statement[t] >= m ||
            stance[t] < -1 || stance[t] > 1)
            return 0;
        start[voice[t] + 1]++;
    }
    for (Py_ssize_t i = 0; i < n; i++)
        start[i + 1] += start[i];
    for (Py_ssize_t t = 0; t < votes; t++) {  /* start[i] moves on to where voice i ends */
        int64_t number = 4 * (voice[t] * m + statement[t]) + stance[t] + 1;
        code[start[voice[t]]++] = (uint16_t)(4 * statement[t] + stance[t] + 1);
        if (narrow)
            narrow[t] = (uint32_t)number;
        else
            wide[t] = number;
    }
    memmove(start + 1, start, (size_t)n * sizeof(int64_t));
    start[0] = 0;
    return 1;
}

/* fold(voice, statement, stance, start, column, kept, log, n_columns, log_itemsize) -> how many are kept: put
   votes in the order of voices and, of each, of statements; of one cell the last one is kept. */
static PyObject *
fold(PyObject *self, PyObject *args)
{
    Wanted wanted[] = {{"voice", 8, 0}, {"statement", 8, 0}, {"stance", 1, 0}, {"start", 8, 1},
                       {"column", 2, 1}, {"kept", 1, 1}, {"log", 4, 1}};
    Py_buffer views[7];
    if (PyTuple_Size(args) != 9) {
        PyErr_SetString(PyExc_TypeError, "fold takes nine arguments");
        return NULL;
    }
    Py_ssize_t m = PyLong_AsSsize_t(PyTuple_GetItem(args, 7));
    wanted[6].size = PyLong_AsSsize_t(PyTuple_GetItem(args, 8));
    if (PyErr_Occurred() || all_taken(args, wanted, views, 7) < 0)
        return NULL;
    Py_ssize_t votes = length(&views[0]), n = length(&views[3]) - 1, kept = 0;
    int fits = n >= 0 && m > 0 && 4 * m <= 65536 &&
               (wanted[6].size == 8 || (wanted[6].size == 4 && n <= (1 << 30) / m));
    for (int i = 1; i < 7; i++)
        fits &= i == 3 || length(&views[i]) == votes;
    if (!fits)
        return unfit(views, 7, "fold: lengths do not fit");
    int64_t *start = views[3].buf;
    uint16_t *column = views[4].buf;
    int8_t *stance = views[5].buf;
    uint16_t *code = malloc((size_t)(votes + 1) * sizeof(uint16_t));
    size_t words = ((size_t)m + 63) / 64;
    uint64_t *has = calloc(words, sizeof(uint64_t));
    int8_t *last = malloc((size_t)m);
    int known = 0;
    if (code && has && last) {
        Py_BEGIN_ALLOW_THREADS
        known = put_by_voice(views[0].buf, views[1].buf, views[2].buf, votes, start, n, m, code,
                             &views[6]);
        int64_t begin = 0;
        for (Py_ssize_t i = 0; known && i < n; i++) {
            int64_t end = start[i + 1];
            for (int64_t t = begin; t < end; t++) {
                uint16_t which = code[t] >> 2;
                has[which >> 6] |= (uint64_t)1 << (which & 63);
                last[which] = (int8_t)((code[t] & 3) - 1);
            }
            begin = end;
            for (size_t w = 0; w < words; w++) {
                uint64_t left = has[w];
                has[w] = 0;
                for (; left; left &= left - 1) {
                    uint16_t which = (uint16_t)(64 * w + (size_t)lowest(left));
                    column[kept] = which, stance[kept++] = last[which];
                }
            }
            start[i + 1] = kept;
        }
        Py_END_ALLOW_THREADS
    }
    int memory = code && has && last;
    free(code), free(has), free(last);
    if (memory && !known)
        return unfit(views, 7, "fold: there is no such voice, statement or stance");
    released(views, 7);
    return memory ? PyLong_FromSsize_t(kept) : PyErr_NoMemory();
}

/* order(start, code, out, n_columns): look through a table once, and put its rows in the order
   `rows` takes them: by length within each 64, so that four side by side end together.

`rows` and `columns` trust what was looked through here and do not look again. */
static PyObject *
order(PyObject *self, PyObject *args)
{
    static const Wanted wanted[] = {{"start", 8, 0}, {"code", 2, 0}, {"out", 4, 1}};
    Py_buffer views[3];
    if (PyTuple_Size(args) != 4) {
        PyErr_SetString(PyExc_TypeError, "order takes four arguments");
        return NULL;
    }
    Py_ssize_t m = PyLong_AsSsize_t(PyTuple_GetItem(args, 3));
    if ((m < 0 && PyErr_Occurred()) || all_taken(args, wanted, views, 3) < 0)
        return NULL;
    Starts start = views[0].buf;
    int32_t *out = views[2].buf;
    Py_ssize_t n = length(&views[0]) - 1;
    if (n > INT32_MAX || !rising(start, n, length(&views[1])) || length(&views[2]) != n ||
        !within(views[1].buf, length(&views[1]), 4 * m))
        return unfit(views, 3, "order: lengths or columns do not fit");
    for (Py_ssize_t i = 0; i < n; i++) {
        int64_t votes = start[i + 1] - start[i];
        Py_ssize_t j = i, begin = i & ~(Py_ssize_t)63;
        for (; j > begin && start[out[j - 1] + 1] - start[out[j - 1]] > votes; j--)
            out[j] = out[j - 1];
        out[j] = (int32_t)i;
    }
    released(views, 3);
    Py_RETURN_NONE;
}

/* rows(start, code, order, value, vector, out): out[i] = sum over votes of row i of value[code]
   times vector[code / 4]. Four rows go side by side, each from its first vote to its last. */
static PyObject *
rows(PyObject *self, PyObject *args)
{
    static const Wanted wanted[] = {{"start", 8, 0}, {"code", 2, 0}, {"order", 4, 0},
                                    {"value", 8, 0}, {"vector", 8, 0}, {"out", 8, 1}};
    Py_buffer views[6];
    if (all_taken(args, wanted, views, 6) < 0)
        return NULL;
    Starts start = views[0].buf;
    const uint16_t *code = views[1].buf;
    const int32_t *turn = views[2].buf;
    const double *value = views[3].buf, *vector = views[4].buf;
    double *out = views[5].buf;
    Py_ssize_t n = length(&views[0]) - 1, m = length(&views[4]);
    if (length(&views[2]) != n || length(&views[5]) != n || length(&views[3]) != 4 * m)
        return unfit(views, 6, "rows: lengths do not fit");
    double *product = malloc((size_t)(4 * m + 1) * sizeof(double));
    if (product == NULL) {
        released(views, 6);
        return PyErr_NoMemory();
    }
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t j = 0; j < 4 * m; j++)
        product[j] = value[j] * vector[j >> 2];
    Py_ssize_t i = 0;
    for (; i + 4 <= n; i += 4) {
        const uint16_t *at[4];
        ptrdiff_t votes[4], t = 0;
        for (int j = 0; j < 4; j++) {
            at[j] = code + start[turn[i + j]];
            votes[j] = start[turn[i + j] + 1] - start[turn[i + j]];
        }
        ptrdiff_t both = votes[0];
        for (int j = 1; j < 4; j++)
            both = votes[j] < both ? votes[j] : both;
        double a = 0.0, b = 0.0, c = 0.0, d = 0.0;
        for (; t < both; t++) {
            a += product[at[0][t]];
            b += product[at[1][t]];
            c += product[at[2][t]];
            d += product[at[3][t]];
        }
        double sum[4] = {a, b, c, d};
        for (int j = 0; j < 4; j++) {
            double rest = sum[j];
            for (ptrdiff_t u = t; u < votes[j]; u++)
                rest += product[at[j][u]];
            out[turn[i + j]] = rest;
        }
    }
    for (; i < n; i++) {
        double a = 0.0;
        for (int64_t t = start[turn[i]]; t < start[turn[i] + 1]; t++)
            a += product[code[t]];
        out[turn[i]] = a;
    }
    Py_END_ALLOW_THREADS
    free(product);
    released(views, 6);
    Py_RETURN_NONE;
}

/* columns(start, code, value, vector): value[code | 3] += value[code] times vector[i] over the
   votes of all rows i, in their order: the fourth place of each column is the one added to. */
static PyObject *
columns(PyObject *self, PyObject *args)
{
    static const Wanted wanted[] = {
        {"start", 8, 0}, {"code", 2, 0}, {"value", 8, 1}, {"vector", 8, 0}};
    Py_buffer views[4];
    if (all_taken(args, wanted, views, 4) < 0)
        return NULL;
    Starts start = views[0].buf;
    const uint16_t *code = views[1].buf;
    double *value = views[2].buf;
    const double *vector = views[3].buf;
    Py_ssize_t n = length(&views[0]) - 1;
    if (length(&views[3]) != n)
        return unfit(views, 4, "columns: lengths do not fit");
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t i = 0; i < n; i++) {
        double of_row = vector[i];
        for (int64_t t = start[i]; t < start[i + 1]; t++)
            value[code[t] | 3] += value[code[t]] * of_row;
    }
    Py_END_ALLOW_THREADS
    released(views, 4);
    Py_RETURN_NONE;
}

/* counts(start, column, stance, group, out): count votes by group (row of `out`), column and
   stance; the group of row i is group[i] + 1, and `out` has (k + 1, m, 3) items. */
static PyObject *
counts(PyObject *self, PyObject *args)
{
    static const Wanted wanted[] = {{"start", 8, 0}, {"column", 2, 0}, {"stance", 1, 0},
                                    {"group", 8, 0}, {"out", 8, 1}};
    Py_buffer views[5];
    Py_ssize_t m;
    if (PyTuple_Size(args) != 6) {
        PyErr_SetString(PyExc_TypeError, "counts takes six arguments");
        return NULL;
    }
    m = PyLong_AsSsize_t(PyTuple_GetItem(args, 5));
    if (m < 1) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_ValueError, "counts: there are no columns");
        return NULL;
    }
    if (all_taken(args, wanted, views, 5) < 0)
        return NULL;
    Starts start = views[0].buf;
    const uint16_t *column = views[1].buf;
    const int8_t *stance = views[2].buf;
    const int64_t *group = views[3].buf;
    int64_t *out = views[4].buf;
    Py_ssize_t n = length(&views[0]) - 1, votes = length(&views[1]), most = length(&views[4]);
    if (!rising(start, n, votes) || length(&views[2]) != votes || length(&views[3]) != n ||
        most % (3 * m) != 0 || !within(column, votes, m))
        return unfit(views, 5, "counts: lengths or columns do not fit");
    int known = 1;
    for (Py_ssize_t i = 0; i < n; i++)
        known &= group[i] >= -1 && group[i] + 1 < most / (3 * m);
    for (Py_ssize_t t = 0; t < votes; t++)
        known &= stance[t] >= -1 && stance[t] <= 1;
    if (!known)
        return unfit(views, 5, "counts: there is no such group or stance");
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t i = 0; i < n; i++) {
        int64_t *here = out + (group[i] + 1) * 3 * m + 1;
        for (int64_t t = start[i]; t < start[i + 1]; t++)
            here[3 * (int)column[t] + stance[t]]++;
    }
    Py_END_ALLOW_THREADS
    released(views, 5);
    Py_RETURN_NONE;
}

typedef struct {
    double x, y;
} Point;

static int
by_x_then_y(const void *one, const void *another)
{
    const Point *a = one, *b = another;
    if (a->x != b->x)
        return a->x < b->x ? -1 : 1;
    return a->y < b->y ? -1 : a->y > b->y;
}

static double
square_apart(Point a, Point b)
{
    double x = a.x - b.x, y = a.y - b.y;
    return x * x + y * y;
}

/* Order the other centres of each by how far they are, starting from the order before. */
static void
ordered(const Point *center, int k, int32_t *around, double *off)
{
    for (int own = 0; own < k; own++) {
        int32_t *who = around + (size_t)own * k;
        double *far = off + (size_t)own * k;
        for (int i = 0; i < k; i++) {
            int32_t one = who[i];
            double d = one == own ? -1.0 : square_apart(center[own], center[one]);
            int j = i;
            d = isnan(d) ? INFINITY : d;
            for (; j > 0 && far[j - 1] > d; j--)
                far[j] = far[j - 1], who[j] = who[j - 1];
            far[j] = d, who[j] = one;
        }
    }
}

/* Centres farther from the own one than twice the distance to it cannot be nearer. The factor
   keeps rounding on the safe side; equal distances go to the lower number, as argmin does. */
static int64_t
nearest_around(Point p, int own, const Point *center, int k, const int32_t *around,
               const double *off)
{
    const int32_t *who = around + (size_t)own * k;
    const double *far = off + (size_t)own * k;
    double least = square_apart(p, center[own]), reach = 4.000001 * least;
    int found = own;
    for (int i = 1; i < k && far[i] <= reach; i++) {
        double d = square_apart(p, center[who[i]]);
        if (d < least || (d == least && who[i] < found))
            least = d, found = who[i];
    }
    return found;
}

static int64_t
nearest_of_all(Point p, const Point *center, int k)
{
    double least = INFINITY;
    int found = 0;
    for (int c = 0; c < k; c++) {
        double d = square_apart(p, center[c]);
        if (d < least)
            least = d, found = c;
    }
    return found;
}

/* k_means(points, weights, centers, label, rounds, still): Lloyd's rounds from `centers`, which
   are replaced by the means of the last assignment; one without points becomes infinite. */
static PyObject *
k_means(PyObject *self, PyObject *args)
{
    static const Wanted wanted[] = {
        {"points", 8, 0}, {"weights", 8, 0}, {"centers", 8, 1}, {"label", 8, 1}};
    Py_buffer views[4];
    if (PyTuple_Size(args) != 6) {
        PyErr_SetString(PyExc_TypeError, "k_means takes six arguments");
        return NULL;
    }
    long rounds = PyLong_AsLong(PyTuple_GetItem(args, 4));
    double still = PyFloat_AsDouble(PyTuple_GetItem(args, 5));
    if (PyErr_Occurred() || all_taken(args, wanted, views, 4) < 0)
        return NULL;
    const Point *point = views[0].buf;
    const double *weight = views[1].buf;
    Point *center = views[2].buf;
    int64_t *label = views[3].buf;
    Py_ssize_t n = length(&views[3]), centers = length(&views[2]) / 2;
    int weighted = length(&views[1]) > 0, k = (int)centers;
    if (length(&views[0]) != 2 * n || length(&views[2]) != 2 * centers || centers < 1 ||
        centers > 4096 || (weighted && length(&views[1]) != n))
        return unfit(views, 4, "k_means: lengths do not fit");
    int many = k > 8 && n >= 32 * (Py_ssize_t)k;  /* or ordering costs more than it saves */
    size_t pairs = many ? (size_t)k * k : 1;
    double *sum = malloc((size_t)k * 3 * sizeof(double));
    Point *before = malloc((size_t)k * sizeof(Point)), *after = malloc((size_t)k * sizeof(Point));
    int32_t *around = malloc(pairs * sizeof(int32_t));
    double *off = malloc(pairs * sizeof(double));
    if (!sum || !before || !after || !around || !off) {
        free(sum), free(before), free(after), free(around), free(off);
        released(views, 4);
        return PyErr_NoMemory();
    }
    Py_BEGIN_ALLOW_THREADS
    if (many)
        for (int own = 0; own < k; own++)
            for (int i = 0; i < k; i++)  /* the own one comes first */
                around[(size_t)own * k + i] = i == 0 ? own : i <= own ? i - 1 : i;
    memcpy(before, center, (size_t)k * sizeof(Point));
    qsort(before, (size_t)k, sizeof(Point), by_x_then_y);
    for (long turn = 0; turn < rounds; turn++) {
        if (many && turn > 0)
            ordered(center, k, around, off);
        memset(sum, 0, (size_t)k * 3 * sizeof(double));
        for (Py_ssize_t i = 0; i < n; i++) {
            int64_t c = many && turn > 0
                            ? nearest_around(point[i], (int)label[i], center, k, around, off)
                            : nearest_of_all(point[i], center, k);
            double w = weighted ? weight[i] : 1.0;
            double *of = sum + 3 * c;
            label[i] = c;
            of[0] += w, of[1] += w * point[i].x, of[2] += w * point[i].y;
        }
        for (int c = 0; c < k; c++) {
            int some = sum[3 * c] > 0;
            center[c].x = some ? sum[3 * c + 1] / sum[3 * c] : INFINITY;
            center[c].y = some ? sum[3 * c + 2] / sum[3 * c] : INFINITY;
        }
        memcpy(after, center, (size_t)k * sizeof(Point));
        qsort(after, (size_t)k, sizeof(Point), by_x_then_y);
        int ahead = 0;
        for (int c = 0; c < k; c++)  /* infinite less infinite is nan, which is not far */
            ahead |= square_apart(after[c], before[c]) >= still * still;
        Point *swapped = before;
        before = after, after = swapped;
        if (!ahead)
            break;
    }
    Py_END_ALLOW_THREADS
    free(sum), free(before), free(after), free(around), free(off);
    released(views, 4);
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"fold", fold, METH_VARARGS,
     "fold(voice, statement, stance, start, column, kept, log, n_columns, log_itemsize)"},
    {"order", order, METH_VARARGS, "order(start, code, out, n_columns)"},
    {"rows", rows, METH_VARARGS, "rows(start, code, order, value, vector, out)"},
    {"columns", columns, METH_VARARGS, "columns(start, code, value, vector)"},
    {"counts", counts, METH_VARARGS, "counts(start, column, stance, group, out, n_columns)"},
    {"k_means", k_means, METH_VARARGS, "k_means(points, weights, centers, label, rounds, still)"},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "opinionspace_fast", "Six loops of opinionspace, compiled.", 0, methods,
    NULL, NULL, NULL, NULL};

PyMODINIT_FUNC
PyInit_opinionspace_fast(void)
{
    return PyModule_Create(&module);
}
