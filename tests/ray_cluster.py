"""A Ray cluster of several nodes on this machine, in a process of its own.

The processors of each node as arguments, the first being the head -> its address on standard
output. Each line of standard input is the process of a node that is to die; or `more` for another
node; or `head`, which is the end of the cluster. When the input ends, so does the cluster.
"""

from __future__ import annotations

import sys

from ray.cluster_utils import Cluster

STORE_BYTES = 80_000_000


def main() -> None:
    head, *others = [int(text) for text in sys.argv[1:]]
    options = {"object_store_memory": STORE_BYTES, "include_dashboard": False}
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": head, **options})
    for number in others:
        cluster.add_node(num_cpus=number, **options)
    print(cluster.address, flush=True)
    for line in sys.stdin:
        word = line.strip()
        if word == "head":
            cluster.head_node.kill_gcs_server()
            continue
        if word == "more":
            cluster.add_node(num_cpus=1, **options)
            continue
        for node in list(cluster.worker_nodes):
            if node.all_processes["raylet"][0].process.pid == int(word):
                cluster.remove_node(node, allow_graceful=False)
    cluster.shutdown()


if __name__ == "__main__":
    main()
