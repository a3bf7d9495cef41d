"""How well coders agree, people and machine: samples to code twice, measures with intervals, confusions."""
