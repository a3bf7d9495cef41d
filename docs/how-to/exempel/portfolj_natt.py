"""Airflow: alla förbund varje natt. Uppgiften misslyckas om någon rapport inte blev gjord."""

from datetime import timedelta

import pendulum
from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

FOLDER = "/home/anna/portfolj"

with DAG(
    dag_id="portfolj_natt",
    schedule="0 2 * * *",
    start_date=pendulum.datetime(2026, 1, 1, tz="Europe/Stockholm"),
    catchup=False,
    max_active_runs=1,
):
    BashOperator(
        task_id="rapporter",
        bash_command=".venv/bin/portfolj run --all",
        cwd=FOLDER,
        skip_on_exit_code=None,
        execution_timeout=timedelta(hours=6),
    )
