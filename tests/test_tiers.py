"""What stands in the long tier only, by name: a test moves there by being listed here."""

import ast
from pathlib import Path

ROOT = Path(__file__).parent.parent

LONG_ONLY = {
    "tests/bench/test_sync_ratios.py": {
        "test_a_county_stays_within_its_ratio",
        "test_fifty_at_once_lose_nothing_and_nobody_waits_long",
    },
    "tests/e2e/test_many_hands.py": {"test_eight_programs_number_500_papers_once_each"},
    "tests/ledger/test_plans.py": {"test_a_list_of_100_000_cases_stays_fast"},
    "tests/ledger/test_undo_random.py": {
        "test_undoing_step_by_step_gives_back_every_earlier_state_at_length",
    },
    "tests/sync/client/test_by_file.py": {
        "test_packages_and_answers_out_of_their_order_lose_nothing",
        "test_both_edit_the_same_and_it_is_a_conflict_as_over_a_line",
        "test_a_server_put_back_gets_by_file_what_it_forgot",
        "test_a_missing_package_is_waited_for",
        "test_an_answer_that_is_older_than_the_line_takes_nothing_back",
        "test_a_parcel_goes_along_with_the_carriers_own_package",
    },
    "tests/sync/client/test_away_postgres.py": {"test_a_moved_case_stays_while_work_on_it_waits"},
    "tests/sync/client/test_by_file_model.py": {
        "test_any_order_of_packages_loses_nothing",
        "test_an_import_that_ends_anywhere_is_done_again",
        "test_what_goes_wrong_most_easily",
    },
    "tests/sync/chaos/test_chaos.py": {"test_nothing_is_lost_in_a_long_storm"},
    "tests/sync/client/test_files.py": {
        "test_a_kill_anywhere_among_files_loses_nothing",
        "test_the_bureau_chooses_what_comes_by_itself",
        "test_a_server_put_back_gets_its_files_again",
        "test_two_cases_that_name_one_file_both_have_it",
        "test_issued_papers_and_rule_packs_always_come",
        "test_a_damaged_file_here_is_not_sent",
        "test_a_file_nobody_delivered_yet_is_asked_for_again",
    },
    "tests/sync/client/test_kill.py": {"test_a_kill_anywhere_else_loses_nothing"},
    "tests/sync/client/test_model.py": {"test_many_pcs_lose_nothing_and_agree_at_length"},
    "tests/sync/client/test_model_aimed.py": {"test_the_model_kills_the_mutants_of_the_study"},
    "tests/sync/client/test_number_commands.py": {
        "test_two_processes_at_once_never_print_a_number_twice",
    },
    "tests/sync/client/test_postgres.py": {
        "test_the_model_and_postgresql_answer_alike_at_length",
    },
    "tests/ui/pages/test_shared_server.py": {
        "test_who_received_personal_data_is_listed_beside_the_looks",
    },
    "tests/ui/pages/test_settings.py": {"test_who_logged_in_signs_and_nobody_is_chosen_here"},
    "tests/ui/pages/test_shared_numbers.py": {
        "test_a_paper_takes_a_leased_number_and_without_one_and_a_line_says_what_to_do",
        "test_what_keeps_numbers_from_coming_is_said",
    },
    "tests/ui/pages/test_shared_looks.py": {
        "test_what_was_decided_stays_to_be_read",
        "test_forms_another_pc_made_are_known_after_the_exchange",
    },
    "tests/sync/window/test_stalls.py": {"test_the_window_answers_while_a_city_comes_in"},
    "tests/sync/window/test_window.py": {
        "test_what_cannot_be_connected_is_said_in_place",
        "test_a_first_load_shows_how_far_it_is_can_be_stopped_and_goes_on",
        "test_the_administrator_sees_the_server_and_everybody_computes_the_history",
        "test_the_administrator_takes_a_stick_in_and_its_answer_comes_back",
    },
    "tests/sync/client/test_purge.py": {
        "test_a_county_that_had_the_case_before_forgets_it_too",
        "test_who_rewrites_steps_without_a_purge_is_found",
    },
    "tests/sync/server/test_bounds.py": {
        "test_a_login_holds_and_burns_no_more_numbers_than_offices_use",
    },
    "tests/sync/server/test_embedded.py": {
        "test_who_was_killed_while_a_server_was_made_leaves_one_that_goes_on",
    },
    "tests/sync/server/test_rehearsal.py": {"test_a_lost_machine_is_replaced_as_the_help_says"},
    "tests/sync/server/test_feed_storm.py": {"test_a_large_storm_of_writers_leaves_no_gap"},
    "tests/sync/server/test_alike.py": {"test_earlier_versions_of_postgresql_answer_alike"},
    "tests/sheets/test_bench.py": {"test_ten_thousand_rows_are_quick_enough"},
    "tests/sheets/test_print.py": {
        "test_the_ledger_prints_within_the_width_of_a3_pages",
        "test_the_wage_list_prints_on_a4",
        "test_the_same_list_in_another_format_imports_the_same",
    },
    "tests/cli/test_paper_batch.py": {"test_the_words_go_by_the_name_of_the_bureau"},
    "tests/cli/test_ledger.py": {
        "test_open_copies_are_named_and_removed",
        "test_a_backup_is_restored_without_and_read_with_the_password",
        "test_accounts_come_and_go",
        "test_what_the_pc_remembers_needs_no_password",
    },
    "tests/services/test_protection.py": {"test_copies_of_before_are_named_and_removed"},
    "tests/services/test_protection_kill.py": {"test_a_kill_at_any_other_point_leaves_it_whole"},
    "tests/ui/pages/test_security.py": {
        "test_the_password_the_code_and_the_key_are_changed",
        "test_encrypting_can_be_left_and_trouble_is_told",
        "test_the_demonstration_is_not_encrypted",
        "test_this_pc_remembers_and_forgets",
        "test_without_a_secret_store_remembering_is_greyed",
        "test_open_copies_of_before_are_offered_for_deletion",
        "test_the_minutes_until_locking_are_kept",
        "test_it_is_opened_again",
        "test_it_looks_as_it_was_accepted_in_the_dark",
    },
    "tests/ui/pages/test_shared_files.py": {"test_stopping_writes_nothing"},
    "tests/ui/pages/test_shared_choice.py": {
        "test_a_choice_that_came_too_late_is_said_and_made_again",
        "test_giving_up_needs_a_reason_and_sending_again_none",
        "test_whoever_leaves_covers",
    },
    "tests/test_packaging.py": {
        "test_the_wheel_carries_forms_and_resources",
        "test_the_installed_wheel_runs_away_from_the_checkout",
        "test_the_bundle_starts_without_python_and_runs_the_demo",
        "test_both_commands_of_the_readme_work_in_a_fresh_clone",
    },
}


def is_long(decorator: ast.expr) -> bool:
    """Whether a decorator (or module mark) is pytest.mark.long."""
    return ast.unparse(decorator).startswith("pytest.mark.long")


def long_tests(path: Path) -> set[str]:
    """Names of the tests of a file that only the long tier runs."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    whole = any(
        isinstance(node, ast.Assign)
        and ast.unparse(node.targets[0]) == "pytestmark"
        and "pytest.mark.long" in ast.unparse(node.value)
        for node in tree.body
    )
    return {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith("test_")
        and (whole or any(is_long(one) for one in node.decorator_list))
    }


def test_the_long_tier_holds_exactly_these() -> None:
    found = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        names = long_tests(path)
        if names:
            found[path.relative_to(ROOT).as_posix()] = names
    assert found == LONG_ONLY


def test_the_short_tier_leaves_out_nothing_else() -> None:
    """`.ci/run` runs every group but `long`; real data are never left out there."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert 'marks="not long"' in script
    assert 'marks="long or not long"' in script
    assert "--deselect" not in script
    assert "--ignore" not in script


def test_no_test_is_skipped() -> None:
    skips = ("pytest.mark.skip", "pytest.skip(", "pytest.importorskip", "unittest.skip")
    here = Path(__file__)
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if path != here
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if any(skip in line for skip in skips)
    ]
    assert found == []
