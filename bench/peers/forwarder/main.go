// Command forwarder is an SSH server as one writes it with Go's x/crypto/ssh in an afternoon: one key, any login name, forwards
// to TCP and to unix sockets, and a command that does nothing. It is here to be compared with, not to be used.
//
//	forwarder ADDRESS HOST_KEY AUTHORIZED_KEY
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"strconv"

	"golang.org/x/crypto/ssh"
)

func main() {
	log.SetFlags(0)
	hostKey, err := ssh.ParsePrivateKey(read(os.Args[2]))
	must(err)
	known, _, _, _, err := ssh.ParseAuthorizedKey(read(os.Args[3]))
	must(err)
	config := &ssh.ServerConfig{
		PublicKeyCallback: func(_ ssh.ConnMetadata, key ssh.PublicKey) (*ssh.Permissions, error) {
			if bytes.Equal(key.Marshal(), known.Marshal()) {
				return nil, nil
			}
			return nil, errors.New("unknown key")
		},
	}
	config.AddHostKey(hostKey)
	listener, err := net.Listen("tcp", os.Args[1])
	must(err)
	fmt.Println("listening")
	for {
		connection, err := listener.Accept()
		must(err)
		go serve(connection, config)
	}
}

func serve(connection net.Conn, config *ssh.ServerConfig) {
	defer connection.Close()
	_, channels, requests, err := ssh.NewServerConn(connection, config)
	if err != nil {
		return
	}
	go ssh.DiscardRequests(requests)
	for channel := range channels {
		switch channel.ChannelType() {
		case "session":
			go command(channel)
		case "direct-tcpip":
			var to struct {
				Host       string
				Port       uint32
				OriginHost string
				OriginPort uint32
			}
			if ssh.Unmarshal(channel.ExtraData(), &to) == nil {
				go forward(channel, "tcp", net.JoinHostPort(to.Host, strconv.Itoa(int(to.Port))))
			}
		case "direct-streamlocal@openssh.com":
			var to struct {
				Path     string
				Reserved string
				Port     uint32
			}
			if ssh.Unmarshal(channel.ExtraData(), &to) == nil {
				go forward(channel, "unix", to.Path)
			}
		default:
			channel.Reject(ssh.UnknownChannelType, "")
		}
	}
}

func forward(asked ssh.NewChannel, network, address string) {
	service, err := net.Dial(network, address)
	if err != nil {
		asked.Reject(ssh.ConnectionFailed, err.Error())
		return
	}
	defer service.Close()
	channel, requests, err := asked.Accept()
	if err != nil {
		return
	}
	defer channel.Close()
	go ssh.DiscardRequests(requests)
	up := make(chan struct{})
	go func() {
		defer close(up)
		io.Copy(service, channel)
		if half, ok := service.(interface{ CloseWrite() error }); ok {
			half.CloseWrite()
		}
	}()
	io.Copy(channel, service)
	channel.CloseWrite()
	<-up
}

// command says that it went well, at once.
func command(asked ssh.NewChannel) {
	channel, requests, err := asked.Accept()
	if err != nil {
		return
	}
	for request := range requests {
		request.Reply(true, nil)
		if request.Type == "exec" || request.Type == "shell" {
			channel.SendRequest("exit-status", false, ssh.Marshal(struct{ Status uint32 }{0}))
			channel.Close()
		}
	}
}

func read(file string) []byte {
	text, err := os.ReadFile(file)
	must(err)
	return text
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
