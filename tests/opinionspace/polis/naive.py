"""The recipe once more, slowly and literally: loops instead of arrays, one rule a line."""

import numpy as np

from opinionspace.polis import selection


def included(log, n_voices):
    """Replay a log of (voice, statement) and return who is in."""
    votes, statements, inside = {}, set(), set()
    for voice, statement in log:
        votes.setdefault(voice, set()).add(statement)
        statements.add(statement)
        if len(votes[voice]) >= min(7, len(statements)):
            inside.add(voice)
        others = sorted(votes.keys() - inside, key=lambda one: -len(votes[one]))
        inside |= set(others[: max(0, 15 - len(inside))])
    return [voice in inside for voice in range(n_voices)]


def imputed_components(dense):
    """Fill in means, centre, decompose the full table; return two rows and the centred table."""
    center = np.array([column[~np.isnan(column)].mean() for column in dense.T])
    filled = np.where(np.isnan(dense), center, dense) - center
    _, _, rows = np.linalg.svd(filled)
    return center, rows[:2], filled


def k_means(points, weights, starts, rounds):
    centers = [np.array(one) for one in starts]
    for _ in range(rounds):
        label = [int(np.argmin([((p - c) ** 2).sum() for c in centers])) for p in points]
        old, centers, kept = centers, [], []
        for number in range(len(old)):
            mine = [i for i, one in enumerate(label) if one == number]
            if mine:
                kept.append(number)
                centers.append(np.average(points[mine], axis=0, weights=weights[mine]))
        label = [kept.index(one) for one in label]
        pairs = zip(sorted(map(tuple, old)), sorted(map(tuple, centers)), strict=False)
        if len(old) == len(centers) and all(np.hypot(*np.subtract(a, b)) < 0.01 for a, b in pairs):
            break
    return label, np.array(centers)


def silhouette(points, label):
    total = 0.0
    for i, point in enumerate(points):
        away = {g: [] for g in set(label)}
        for j, other in enumerate(points):
            if i != j:
                away[label[j]].append(np.hypot(*(point - other)))
        own = away.pop(label[i])
        if own and away:
            a, b = np.mean(own), min(np.mean(one) for one in away.values())
            total += (b - a) / max(a, b) if max(a, b) else 0.0
    return total / len(points)


def best_agree(agree, disagree, seen, group):
    """Walk over the statements, keeping the best so far; None when there is none."""
    best = None
    for j in range(agree.shape[1]):
        if agree[group, j] == disagree[group, j] == 0:
            continue
        rest = np.delete(agree[:, j], group).sum(), np.delete(seen[:, j], group).sum()
        p = (agree[group, j] + 1) / (seen[group, j] + 2)
        r = p / ((rest[0] + 1) / (rest[1] + 2))
        p_test = selection.proportion_test(agree[group, j], seen[group, j])
        r_test = selection.two_proportion_test(agree[group, j], seen[group, j], *rest)
        now = (j, r, r * r_test * p * p_test, p * p_test)
        if best is None:
            better = p_test > 1.2816 or (r > 1 and p > 0.5)
        elif best[1] > 1:
            better = now[2] > best[2]
        else:
            better = now[3] > best[3]
        best = now if better else best
    return None if best is None else best[0]
