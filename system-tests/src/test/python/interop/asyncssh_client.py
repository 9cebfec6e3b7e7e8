"""asyncssh against a door: port, key, login, blob, local copy. The last line is the verdict."""
import asyncio
import json
import sys
import warnings

warnings.simplefilter("ignore")
import asyncssh  # noqa: E402

port, key, login, blob, copy = sys.argv[1:6]


async def main():
    done = {}
    async with asyncssh.connect(
        "127.0.0.1", int(port), username=login, client_keys=[key], known_hosts=None, agent_path=None, config=None
    ) as connection:
        done["login"] = True
        done["exec"] = (await connection.run("exit 7")).exit_status == 7
        wanted = open(blob, "rb").read()
        answer = await connection.run("cat", input=wanted, encoding=None)
        done["pipe"] = answer.stdout == wanted
        async with connection.start_sftp_client() as sftp:
            await sftp.put(blob, "from-asyncssh")
            await sftp.get("from-asyncssh", copy)
        done["files"] = open(copy, "rb").read() == wanted
        reader, writer = await connection.open_connection("localhost", 8888)
        writer.write(b"GET /api HTTP/1.0\r\nHost: localhost\r\n\r\n")
        done["forward"] = b"200 OK" in await reader.read(4096)
        writer.close()
    print(json.dumps(done))


asyncio.run(main())
