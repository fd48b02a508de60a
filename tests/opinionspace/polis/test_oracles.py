"""Every stage, and the whole, against states that Polis itself stored.

The stored states have -1 for agree: centres and projections come with the other sign.
"""

from statistics import median

import numpy as np
import pytest
from numpy.testing import assert_allclose

from opinionspace import Counts, polis
from tests.opinionspace.rand import adjusted_rand


def stored_signs(oracle, axes):
    stored = np.array(oracle.math["pca"]["comps"])
    return np.sign((stored * axes.components).sum(axis=1))


def by_statement(oracle, stored):
    return np.array([stored[str(one)] for one in oracle.votes.statement_ids])


def stored_group_votes(oracle):
    stored = oracle.math["group-votes"]
    return [
        np.array(
            [
                [stored[group]["votes"][str(one)][letter] for one in oracle.votes.statement_ids]
                for group in sorted(stored, key=int)
            ]
        )
        for letter in "ADS"
    ]


def test_axes_are_the_stored_ones(oracle):
    axes = polis.axes(oracle.votes)
    stored, signs = oracle.math["pca"], stored_signs(oracle, axes)

    assert oracle.math["tids"] == oracle.votes.statement_ids.tolist()
    assert_allclose(-axes.center, stored["center"], atol=1e-9, rtol=0)
    assert_allclose(axes.components * signs[:, None], stored["comps"], atol=1e-9, rtol=0)
    assert_allclose(
        -(axes.statement_projections * signs).T, stored["comment-projection"], atol=1e-9, rtol=0
    )
    assert_allclose(axes.extremity, stored["comment-extremity"], atol=1e-9, rtol=0)


def test_stored_bases_are_means_of_our_projections(oracle):
    axes = polis.axes(oracle.votes)
    projections = -axes.projections * stored_signs(oracle, axes)
    stored = oracle.math["base-clusters"]

    means = [
        projections[[oracle.row(one) for one in members]].mean(axis=0)
        for members in stored["members"]
    ]

    assert_allclose(means, np.column_stack([stored["x"], stored["y"]]), atol=1e-9, rtol=0)


def test_included_are_those_stored(oracle):
    inside = oracle.votes.voice_ids[polis.included(oracle.votes)]

    assert set(inside.tolist()) == set(oracle.math["in-conv"])


def test_groups_from_stored_bases_are_the_stored_groups(oracle):
    stored = oracle.math["base-clusters"]
    order = np.argsort(stored["id"])
    centers = np.column_stack([stored["x"], stored["y"]])[order]

    groups = polis.groups(centers, np.array(stored["count"])[order])

    ids = np.array(stored["id"])[order]
    found = [set(ids[groups.of_base == group].tolist()) for group in range(groups.k)]
    assert found == [set(one["members"]) for one in oracle.math["group-clusters"]]
    assert_allclose(
        groups.centers, [one["center"] for one in oracle.math["group-clusters"]], atol=1e-9
    )


def test_group_votes_are_the_stored_counts(oracle):
    group = oracle.stored_groups()

    (agree, disagree, seen), _ = polis.group_votes(oracle.votes, group, group.max() + 1)

    for found, stored in zip((agree, disagree, seen), stored_group_votes(oracle), strict=True):
        assert found.tolist() == stored.tolist()


def test_group_informed_consensus_is_the_stored_one(oracle):
    agree, _, seen = stored_group_votes(oracle)

    assert_allclose(
        polis.group_informed_consensus(agree, seen),
        by_statement(oracle, oracle.math["group-aware-consensus"]),
        rtol=1e-12,
    )


def test_priorities_are_the_stored_ones(oracle):
    axes = polis.axes(oracle.votes)
    counts = stored_group_votes(oracle)

    voted = np.ones(oracle.votes.n_statements, bool)
    found = polis.priorities(Counts(*counts), axes.extremity, oracle.votes.is_meta, voted)

    assert_allclose(
        found, by_statement(oracle, oracle.math["comment-priorities"]), atol=1e-9, rtol=0
    )


def test_representative_statements_are_the_stored_ones(oracle):
    allowed = ~np.isin(oracle.votes.statement_ids, oracle.math["mod-out"])

    found = polis.representative(*stored_group_votes(oracle), allowed)

    for group, picks in enumerate(found):
        stored = oracle.math["repness"][str(group)]
        assert [
            (
                oracle.votes.statement_ids[pick.statement],
                {1: "agree", -1: "disagree"}[pick.direction],
                pick.n_success,
                pick.n_trials,
                pick.best_agree,
            )
            for pick in picks
        ] == [
            (
                one["tid"],
                one["repful-for"],
                one["n-success"],
                one["n-trials"],
                one.get("best-agree", False),
            )
            for one in stored
        ]
        assert_allclose(
            [(pick.p_success, pick.p_test, pick.repness, pick.repness_test) for pick in picks],
            [
                (one["p-success"], one["p-test"], one["repness"], one["repness-test"])
                for one in stored
            ],
            rtol=1e-6,
        )


def test_consensus_statements_are_the_stored_ones(oracle):
    result = polis.analyse(oracle.votes)

    for picks, direction in (
        (result.consensus_agree, "agree"),
        (result.consensus_disagree, "disagree"),
    ):
        stored = oracle.math["consensus"][direction]
        assert [oracle.votes.statement_ids[pick.statement] for pick in picks] == [
            one["tid"] for one in stored
        ]
        for pick, one in zip(picks, stored, strict=True):
            assert (pick.n_success, pick.n_trials) == (one["n-success"], one["n-trials"])
            assert (pick.p_success, pick.p_test) == pytest.approx(
                (one["p-success"], one["p-test"]), rel=1e-6
            )


def test_analysis_from_votes_alone_has_the_stored_number_of_groups(oracle):
    assert polis.analyse(oracle.votes).k == len(oracle.math["group-clusters"])


def test_analysis_from_votes_alone_agrees_with_the_stored_groups(oracles):
    agreement = []
    for oracle in oracles:
        result = polis.analyse(oracle.votes)
        agreement.append(
            adjusted_rand(
                result.group_of_voice[result.included], oracle.stored_groups()[result.included]
            )
        )

    assert median(agreement) >= 0.9
