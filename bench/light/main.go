// Command light holds many SSH sessions open in one process: it logs in, says how many are in, and stays until its input ends.
//
//	light ADDRESS LOGIN KEY COUNT AT_ONCE
//
// It is no stock client, on purpose: ten thousand of those need more memory than what is measured. It prints "in COUNT" once
// everybody is in, and "lost COUNT" at the end, when its input has ended.
package main

import (
	"fmt"
	"io"
	"log"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/crypto/ssh"
)

func main() {
	log.SetFlags(0)
	address, login, file := os.Args[1], os.Args[2], os.Args[3]
	count, atOnce := number(os.Args[4]), number(os.Args[5])
	text, err := os.ReadFile(file)
	if err != nil {
		log.Fatal(err)
	}
	key, err := ssh.ParsePrivateKey(text)
	if err != nil {
		log.Fatal(err)
	}
	config := &ssh.ClientConfig{
		User:            login,
		Auth:            []ssh.AuthMethod{ssh.PublicKeys(key)},
		HostKeyCallback: ssh.InsecureIgnoreHostKey(), // our own server, on loopback
		Timeout:         time.Minute,
	}
	var lost atomic.Int64
	var entering sync.WaitGroup
	places := make(chan struct{}, atOnce)
	for range count {
		places <- struct{}{}
		entering.Go(func() {
			defer func() { <-places }()
			client, err := ssh.Dial("tcp", address, config)
			if err != nil {
				log.Fatalf("a login failed: %v", err)
			}
			go func() {
				client.Wait()
				lost.Add(1)
			}()
		})
	}
	entering.Wait()
	fmt.Println("in", count)
	io.Copy(io.Discard, os.Stdin)
	fmt.Println("lost", lost.Load())
}

func number(word string) int {
	n, err := strconv.Atoi(word)
	if err != nil {
		log.Fatal(err)
	}
	return n
}
