echo off
